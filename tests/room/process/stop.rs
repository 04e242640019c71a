//! Asked to stop, the process finishes what it has begun and then ends well.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use futures_util::stream;
use reqwest::Body;
use reqwest::multipart::Part;

use super::binary::{PATIENCE, Running};
use super::client::{Answer, Client, Cut};
use super::writer::{MAIL, PASSWORD, number_in, opened, photo};
use crate::storage::scratch::Scratch;

/// A photo of which the second half is sent only after a word.
struct SlowUpload {
    go_on: tokio::sync::oneshot::Sender<()>,
    begun: tokio::sync::oneshot::Receiver<()>,
    answer: actix_web::rt::task::JoinHandle<Result<Answer, Cut>>,
}

fn upload_slowly(client: Client) -> SlowUpload {
    let (go_on, word) = tokio::sync::oneshot::channel();
    let (asked, begun) = tokio::sync::oneshot::channel();
    let bytes = photo(1);
    let length = u64::try_from(bytes.len()).unwrap();
    let (first, second) = bytes.split_at(bytes.len() / 2);
    let (first, second) = (first.to_vec(), second.to_vec());
    let first_half = async move { Ok::<_, std::io::Error>(first) };
    // The second part is asked for when the first one is on its way.
    let second_half = async move {
        asked.send(()).unwrap();
        word.await.unwrap();
        Ok(second)
    };
    let parts = futures_util::StreamExt::chain(stream::once(first_half), stream::once(second_half));
    let part = Part::stream_with_length(Body::wrap_stream(parts), length);
    let answer = actix_web::rt::spawn(async move { client.upload_part(part, "slow.jpg").await });
    SlowUpload {
        go_on,
        begun,
        answer,
    }
}

/// Waits until nobody takes calls any more.
async fn closed(running: &Running) {
    let address = running.readers.strip_prefix("http://").unwrap();
    let deadline = Instant::now() + PATIENCE;
    while TcpStream::connect(address).is_ok() {
        assert!(Instant::now() < deadline, "it still takes calls");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// What was sent before these calls was read before they were answered: each new call goes to the
/// next worker, and a worker reads what has come in before it takes another call.
async fn read_by_the_server(running: &Running) {
    for _ in 0..8 {
        let answer = Client::of(&running.readers).get("/robots.txt").await;
        assert_eq!(answer.unwrap().status, 200);
    }
}

#[actix_web::test]
async fn an_upload_in_flight_is_finished_before_the_process_ends() {
    let place = Scratch::new();
    let (mut running, client) = opened(&place.room()).await;
    let slow = upload_slowly(client);
    slow.begun.await.unwrap();
    read_by_the_server(&running).await;
    running.ask_to_stop();
    closed(&running).await;
    slow.go_on.send(()).unwrap();
    let answer = slow.answer.await.unwrap().expect("the upload was cut off");
    let image = number_in(&answer.leads_below("/admin/images/"));
    let (status, _) = running.ended().await;
    assert_eq!(status.code(), Some(0));

    let again = Running::serve(&place.room());
    let client = Client::of(&again.readers);
    client
        .sign_in(MAIL, PASSWORD)
        .await
        .unwrap()
        .leads_below("/admin");
    let picture = client.get(&format!("/admin/images/{image}/340.jpg")).await;
    let picture = picture.unwrap().ok();
    assert_eq!(image::load_from_memory(&picture.body).unwrap().width(), 340);
}

#[actix_web::test]
async fn an_idle_process_ends_well_when_it_is_asked_to() {
    let place = Scratch::new();
    let mut running = Running::serve(&place.room());
    let _waited = running.line("set-up");
    let client = Client::of(&running.readers);
    assert_eq!(client.get("/robots.txt").await.unwrap().status, 200);
    running.stop().await;
}
