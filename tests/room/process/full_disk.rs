//! A full disk: pages are still read, changes are refused with a sentence, nothing is half there,
//! and once there is room again, work goes on.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::backups::{done, name};
use super::client::Client;
use super::writer::opened;
use crate::storage::raw::Raw;
use crate::storage::scratch::Scratch;

/// A disk of 12 MB, gone when the test is over.
struct SmallDisk {
    folder: PathBuf,
}

impl SmallDisk {
    /// Nothing where this machine does not let us mount one.
    fn mounted(place: &Scratch) -> Option<Self> {
        let folder = place.folder().join("disk");
        fs::create_dir(&folder).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=12m", "tmpfs"])
            .arg(&folder)
            .output();
        let mounted = mounted.is_ok_and(|output| output.status.success());
        mounted.then_some(Self { folder })
    }

    /// Fills what is left, to the last byte.
    fn fill(&self) {
        let mut ballast = File::create(self.folder.join("ballast")).unwrap();
        let mut piece = 1 << 20;
        while piece > 0 {
            if ballast.write_all(&vec![b'x'; piece]).is_err() {
                piece /= 2;
            }
        }
    }

    fn empty(&self) {
        fs::remove_file(self.folder.join("ballast")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: a process that is just ending may still hold a file.
        let _gone = Command::new("umount").arg("-l").arg(&self.folder).status();
    }
}

/// Saves ever new long texts until one is refused; how many were acknowledged, and the refusal.
async fn saves_until_refused(client: &Client, item: i64) -> (usize, u16, String) {
    const MOST: usize = 200;
    let page = format!("/admin/items/{item}");
    for number in 0..MOST {
        let body = format!("Text {number} {}", "of many words ".repeat(12_000));
        let answer = client.fill(&page, &page, &[("body", &body)]).await.unwrap();
        if answer.status != 303 {
            return (number, answer.status, answer.words());
        }
    }
    panic!("{MOST} texts fit onto a full disk");
}

fn texts(room: &Path) -> i64 {
    Raw::open(room).number("SELECT COUNT(*) AS one FROM revisions WHERE body LIKE 'Text %'")
}

#[actix_web::test]
async fn on_a_full_disk_pages_are_read_changes_are_refused_and_it_recovers_by_itself() {
    let place = Scratch::new();
    let Some(disk) = SmallDisk::mounted(&place) else {
        println!("skipped: this machine lets nobody mount a small disk");
        return;
    };
    let room = disk.folder.join("room.db");
    let (mut running, client) = opened(&room).await;
    let words = [
        ("title", "Ferry stops"),
        ("summary", "In short."),
        ("body", "In full."),
    ];
    let item = client.write_item(&words).await.unwrap();
    client.publish_item(item, &[]).await.unwrap();
    disk.fill();
    let (saved, status, sentence) = saves_until_refused(&client, item).await;
    assert_eq!(status, 507, "{sentence}");
    for words in ["disk is full", "Nothing was saved"] {
        assert!(sentence.contains(words), "{sentence}");
    }
    let photo = client.upload("photo.jpg", super::writer::photo(1)).await;
    assert_eq!(photo.unwrap().status, 507);
    for page in [
        "/",
        "/news/ferry-stops",
        "/press-releases",
        "/feed.atom",
        "/readyz",
    ] {
        client.get(page).await.unwrap().ok();
    }
    client.get("/admin").await.unwrap().ok();
    assert_eq!(texts(&room), i64::try_from(saved).unwrap());

    disk.empty();
    client
        .save_item(item, &[("body", "There is room again.")])
        .await
        .unwrap();
    client.get("/news/ferry-stops").await.unwrap().ok();
    assert_eq!(texts(&room), i64::try_from(saved).unwrap());
    running.stop().await;
    done(&["check", "--database", &name(&room)]);
}
