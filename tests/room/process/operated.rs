//! What whoever runs the machine asks the binary: whether it is well, and how much it does.

use super::binary::Running;
use super::client::Client;
use super::writer::opened;
use crate::storage::scratch::Scratch;

/// The value of the line that begins with this name and these labels.
fn value(metrics: &str, name: &str) -> u64 {
    let line = metrics
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let value = line.unwrap_or_else(|| panic!("no {name} in {metrics}"));
    value.parse().unwrap()
}

#[actix_web::test]
async fn metrics_stand_on_an_address_of_their_own_and_count_what_happens() {
    let place = Scratch::new();
    let (mut first, _client) = opened(&place.room()).await;
    first.stop().await;
    let settings = [("DATELINE_METRICS_LISTEN", "127.0.0.1:0".to_owned())];
    let mut running = Running::serve_with(&place.room(), &settings);
    let address = running.line("metrics");
    let (root, path) = address.split_at(address.rfind('/').unwrap());
    let counter = Client::of(root);
    let metrics = async || counter.get(path).await.unwrap().ok().text();
    let reader = Client::of(&running.readers);
    let hit = "dateline_requests_total{lane=\"memory\",status=\"2xx\"}";
    let before = metrics().await;
    for _ in 0..5 {
        reader.get("/").await.unwrap().ok();
    }
    assert_eq!(reader.get("/no-such-thing").await.unwrap().status, 404);
    let missing = "dateline_requests_total{lane=\"memory\",status=\"4xx\"}";
    let mut after = metrics().await;
    // An answer is counted when it was written, which its reader may be quicker than.
    for _ in 0..100 {
        if value(&after, missing) > value(&before, missing) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        after = metrics().await;
    }
    assert_eq!(value(&after, hit) - value(&before, hit), 5);
    assert_eq!(value(&after, missing) - value(&before, missing), 1);
    let grown = |name: &str| value(&after, name) - value(&before, name);
    assert_eq!(grown("dateline_cache_misses_total"), 2);
    assert_eq!(grown("dateline_cache_hits_total"), 4);
    assert!(grown("dateline_cache_sent_bytes_total") > 1_000);
    assert!(grown("dateline_request_duration_seconds_count") >= 2);
    for (name, least) in [
        ("dateline_database_bytes", 100_000),
        ("dateline_disk_free_bytes", 1),
        ("dateline_cache_bytes", 1_000),
        ("dateline_cache_pages", 2),
        ("dateline_writes_waiting", 0),
        ("dateline_writes_busy_total", 0),
        ("dateline_mails{state=\"waiting\"}", 0),
        ("dateline_mails{state=\"failed\"}", 0),
        ("dateline_sessions", 1),
        ("dateline_epoch", 0),
        ("dateline_backup_failing", 0),
    ] {
        assert!(value(&after, name) >= least, "{name}: {after}");
    }
    assert!(
        !after.contains("dateline_backup_age_seconds"),
        "there is no backup yet"
    );
    assert_eq!(counter.get("/").await.unwrap().status, 404);
    let readers = reader.get("/metrics").await.unwrap();
    assert_eq!(readers.status, 404, "readers get no numbers");
}

#[actix_web::test]
async fn health_is_answered_at_once_kept_nowhere_and_tells_nothing_else() {
    let place = Scratch::new();
    let running = Running::serve(&place.room());
    for (path, says) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
        let answer = reqwest::get(format!("{}{path}", running.readers))
            .await
            .unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        let headers = answer.headers().clone();
        assert_eq!(headers["cache-control"], "no-store");
        assert!(!headers.contains_key("etag") && !headers.contains_key("set-cookie"));
        assert_eq!(answer.text().await.unwrap(), says);
    }
}
