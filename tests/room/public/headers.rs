//! Headers: what every answer says about itself, on both sides.

use reqwest::Method;

use crate::support::{Room, release};

const PUBLIC: [&str; 9] = [
    "/",
    "/news/ferry-stops",
    "/press-releases",
    "/topics/ferries",
    "/2018",
    "/?topic=ferries",
    "/feed.atom",
    "/robots.txt",
    "/news/no-such-thing",
];

async fn furnished() -> Room {
    let room = Room::open().await;
    let item = release("Ferry stops").topic("Ferries");
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    room
}

#[actix_web::test]
async fn no_public_answer_sets_a_cookie_or_lets_anything_run_that_is_not_ours() {
    let room = furnished().await;
    for address in PUBLIC {
        let answer = room.get(address).await;
        assert_eq!(answer.header("set-cookie"), "", "{address}");
        let policy = answer.header("content-security-policy");
        for rule in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(rule), "{address}: {policy}");
        }
        assert!(
            !policy.contains("unsafe") && !policy.contains('*'),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_ne!(answer.header("referrer-policy"), "");
    }
}

#[actix_web::test]
async fn head_says_what_get_says_without_the_page() {
    let room = furnished().await;
    let visitor = room.visitor();
    for address in PUBLIC {
        let full = visitor.get(address).await;
        let request = visitor.request(Method::HEAD, address);
        let head = visitor.send(address, request).await;
        assert_eq!(head.status, full.status, "{address}");
        assert!(head.body.is_empty(), "{address}");
        for name in [
            "content-type",
            "etag",
            "cache-control",
            "content-security-policy",
        ] {
            assert_eq!(head.header(name), full.header(name), "{address}: {name}");
        }
    }
}

#[actix_web::test]
async fn a_page_that_did_not_change_is_not_sent_again_and_one_that_did_is() {
    let room = furnished().await;
    let visitor = room.visitor();
    let mut kept = Vec::new();
    for address in &PUBLIC[..8] {
        let page = visitor.get(address).await;
        let request = visitor.request(Method::GET, address);
        let request = request.header("if-none-match", page.header("etag"));
        let again = visitor.send(address, request).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{address}");
        assert_eq!(again.header("etag"), page.header("etag"), "{address}");
        kept.push((*address, page));
    }
    let item = release("Another ferry stops").topic("Ferries");
    room.has(item.live_at("2018-11-21T09:00:00Z")).await;
    for (address, page) in kept {
        let request = visitor.request(Method::GET, address);
        let request = request.header("if-none-match", page.header("etag"));
        let again = visitor.send(address, request).await;
        let changed = address != "/robots.txt";
        assert_eq!(again.status == 200, changed, "{address}");
    }
}

#[actix_web::test]
async fn a_page_that_is_sent_smaller_says_so_to_whoever_keeps_it() {
    let room = furnished().await;
    let visitor = room.visitor();
    for address in ["/", "/news/ferry-stops", "/feed.atom"] {
        let request = visitor.request(Method::GET, address);
        let request = request
            .header("accept-encoding", "gzip")
            .send()
            .await
            .unwrap();
        let header = |name: &str| {
            let value = request.headers().get(name);
            value.map_or_else(String::new, |value| value.to_str().unwrap().to_lowercase())
        };
        assert_eq!(header("content-encoding"), "gzip", "{address}");
        assert!(header("vary").contains("accept-encoding"), "{address}");
        let tag = header("etag");
        assert!(tag.starts_with('"') && tag.ends_with("-gzip\""), "{tag}");
    }
}

#[actix_web::test]
async fn staffs_pages_are_kept_nowhere_and_found_by_no_search_engine() {
    let room = furnished().await;
    let editor = room.editor().await;
    for address in [
        "/admin",
        "/admin/items",
        "/admin/items/1",
        "/admin/items/1/preview",
    ] {
        for page in [editor.get(address).await, room.get(address).await] {
            assert_eq!(page.header("cache-control"), "no-store", "{address}");
            assert!(page.header("x-robots-tag").contains("noindex"), "{address}");
            let policy = page.header("content-security-policy");
            assert!(!policy.contains("unsafe"), "{policy}");
        }
    }
    let stranger = room.get("/admin/items/1").await;
    assert_eq!(stranger.status, 303);
    assert!(stranger.header("location").starts_with("/admin/sign-in"));
    assert!(
        room.page("/robots.txt")
            .await
            .source()
            .contains("Disallow: /admin")
    );
}

#[actix_web::test]
async fn somebody_who_is_signed_in_reads_the_same_page_as_everybody() {
    let room = furnished().await;
    let editor = room.editor().await;
    for address in PUBLIC {
        assert_eq!(
            editor.get(address).await,
            room.get(address).await,
            "{address}"
        );
    }
}
