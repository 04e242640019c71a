//! What the command line refuses, each with one sentence and an exit code.

use std::fs;
use std::net::TcpListener;

use super::binary::{run, seen};
use super::writer::opened;
use crate::storage::scratch::Scratch;

/// The sentence of a command that must be refused with this exit code.
#[track_caller]
fn refused(words: &[&str], with: i32) -> String {
    let (code, out, err) = seen(&run(words));
    assert_eq!((code, out.as_str()), (Some(with), ""), "{words:?}: {err}");
    assert!(!err.contains("panicked"), "{err}");
    err
}

#[actix_web::test]
async fn demo_leaves_a_room_of_its_own_alone() {
    let place = Scratch::new();
    let file = place.room().to_string_lossy().into_owned();
    let (mut running, client) = opened(&place.room()).await;
    drop(client);
    running.stop().await;
    let sentence = refused(
        &[
            "demo",
            "--listen",
            "127.0.0.1:0",
            "--database",
            &file,
            "--log",
            "off",
        ],
        1,
    );
    assert_eq!(
        sentence,
        format!(
            "{file} is a room of its own, not the sample room. Name another file with --database.\n"
        )
    );
}

#[test]
fn nonsense_on_the_command_line_is_refused_before_anything_is_made() {
    let place = Scratch::new();
    let file = place.room().to_string_lossy().into_owned();
    for (flag, value, says) in [
        ("--listen", "nowhere", "write 127.0.0.1:8080"),
        ("--listen", "127.0.0.1:99999", "write 127.0.0.1:8080"),
        (
            "--address",
            "news.example.org",
            "write it as https://news.example.org, without a path",
        ),
        ("--address", "https://example.org/news", "without a path"),
        ("--workers", "0", "1..=256"),
        ("--workers", "many", "invalid digit"),
        ("--log-format", "xml", "text, json"),
        ("--connections", "0", "1..=1000000"),
        ("--trusted-proxies", "proxy", "addresses and networks"),
        ("--socket-mode", "rw", "three octal digits"),
        ("--tls-certificate", "chain.pem", "--tls-key"),
        ("--redirect-listen", "127.0.0.1:0", "--tls-certificate"),
        ("--cdn-seconds", "259201", "0..=259200"),
        ("--purge-url", "https://cdn.example/", "--purge-secret"),
        ("--log", "dateline=banana", "error, warn, info, debug"),
        ("--volume", "11", "unexpected argument"),
    ] {
        let sentence = refused(&["serve", "--database", &file, flag, value], 2);
        assert!(sentence.contains(says), "{flag} {value}: {sentence}");
        assert!(sentence.contains(flag), "{sentence}");
    }
    assert_eq!(fs::read_dir(place.folder()).unwrap().count(), 0);
}

#[test]
fn an_address_that_is_taken_is_named() {
    let place = Scratch::new();
    let file = place.room().to_string_lossy().into_owned();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let sentence = refused(&["serve", "--database", &file, "--listen", &address], 1);
    let start = format!("The address {address} cannot be listened on: ");
    assert!(sentence.starts_with(&start), "{sentence}");
}

#[test]
fn a_file_that_is_no_room_is_named_and_left_as_it_is() {
    let place = Scratch::new();
    let file = place.folder().join("letter.txt");
    let words = "Dear reader, this file is a letter and not a room.\n".repeat(200);
    fs::write(&file, &words).unwrap();
    let name = file.to_string_lossy().into_owned();
    let sentence = refused(
        &[
            "serve",
            "--database",
            &name,
            "--listen",
            "127.0.0.1:0",
            "--log",
            "off",
        ],
        1,
    );
    let start = format!("The database {name} cannot be used: ");
    assert!(sentence.starts_with(&start), "{sentence}");
    assert_eq!(fs::read_to_string(&file).unwrap(), words);

    let below = file.join("room.db").to_string_lossy().into_owned();
    let sentence = refused(
        &[
            "serve",
            "--database",
            &below,
            "--listen",
            "127.0.0.1:0",
            "--log",
            "off",
        ],
        1,
    );
    assert!(
        sentence.starts_with(&format!("The file {name} cannot be used: ")),
        "{sentence}"
    );
}

#[test]
fn a_key_file_that_is_too_short_is_refused_and_not_replaced() {
    let place = Scratch::new();
    let file = place.room().to_string_lossy().into_owned();
    let key = place.room().with_extension("key");
    fs::write(&key, "short").unwrap();
    let sentence = refused(
        &[
            "serve",
            "--database",
            &file,
            "--listen",
            "127.0.0.1:0",
            "--log",
            "off",
        ],
        1,
    );
    let start = format!("The file {} cannot be used: ", key.display());
    assert!(sentence.starts_with(&start), "{sentence}");
    assert_eq!(fs::read_to_string(&key).unwrap(), "short");
}

#[test]
fn nobody_is_added_before_the_room_is_set_up() {
    let place = Scratch::new();
    let file = place.room().to_string_lossy().into_owned();
    let _opened = dateline::storage::open(&place.room(), None).unwrap();
    let add = [
        "person",
        "add",
        "--database",
        &file,
        "--name",
        "Bo",
        "--mail",
        "bo@example.org",
        "--role",
        "editor",
    ];
    assert!(refused(&add, 1).starts_with("This room is not set up yet. "));
    let (_, read) = dateline::storage::open(&place.room(), None).unwrap();
    let is_open = read.read_here(dateline::storage::people::nobody_is_here);
    assert!(is_open.unwrap(), "the first account can still be made");
}

#[test]
fn a_person_is_not_added_where_there_is_no_room_nor_with_a_role_that_is_none() {
    let place = Scratch::new();
    let file = place.room().to_string_lossy().into_owned();
    let add = ["person", "add", "--database", &file, "--name", "Bo"];
    let with = |rest: [&'static str; 4]| [&add[..], &rest[..]].concat();
    let sentence = refused(&with(["--mail", "bo@example.org", "--role", "editor"]), 1);
    assert_eq!(
        sentence,
        format!("There is no room in {file}. Name its file with --database.\n")
    );
    let sentence = refused(&with(["--mail", "bo@example.org", "--role", "boss"]), 2);
    assert!(
        sentence.contains("A role is author, editor or admin; “boss” is none of them."),
        "{sentence}"
    );
    let sentence = refused(&with(["--mail", "nobody", "--role", "editor"]), 2);
    assert!(sentence.contains("--mail"), "{sentence}");
    assert!(!place.room().exists());
}
