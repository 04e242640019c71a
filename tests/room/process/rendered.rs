//! `dateline images render`: the copies of pictures made again out of their originals.

use super::backups::{done, name, refused};
use crate::promises::soundness::sample_room;
use crate::storage::raw::Raw;
use crate::storage::scratch::Scratch;

const ALL: &str = "SELECT image_id || ' ' || width || ' ' || height || format || hex(bytes) AS one
    FROM renditions ORDER BY image_id, width, format";

/// The sample room in a file, and the numbers of its pictures.
fn sampled(place: &Scratch) -> (String, Raw, Vec<String>) {
    let room = place.room();
    sample_room(&room);
    let mut raw = Raw::open(&room);
    let numbers = raw.words("SELECT CAST(id AS TEXT) AS one FROM images ORDER BY id");
    (name(&room), raw, numbers)
}

fn render(room: &str, more: &[&str]) -> String {
    done(&[&["images", "render", "--database", room], more].concat())
}

#[test]
fn copies_that_are_lost_or_of_another_making_are_made_again_and_the_others_stay() {
    let place = Scratch::new();
    let (room, mut raw, numbers) = sampled(&place);
    let (before, pictures) = (raw.words(ALL), numbers.len());
    assert_eq!(
        render(&room, &[]).trim(),
        format!("{pictures} rendered: 0 with other copies than before, {pictures} with the same.")
    );
    raw.run(&format!(
        "DELETE FROM renditions WHERE image_id = {} AND format = 'webp';
         UPDATE renditions SET bytes = x'00' WHERE image_id = {}",
        numbers[0],
        numbers[pictures - 1]
    ));
    let said = render(&room, &["--after", &numbers[0]]);
    let wanted = format!(
        "{} rendered: 1 with other copies than before, {} with the same.",
        pictures - 1,
        pictures - 2
    );
    assert_eq!(said.trim(), wanted);
    assert!(raw.words(ALL) != before, "the first is still without WebP");
    assert!(render(&room, &[]).contains(": 1 with other copies"));
    assert!(raw.words(ALL) == before, "the same as in the beginning");
    done(&["check", "--database", &room]);
}

#[test]
fn a_picture_that_cannot_be_made_again_is_named_and_keeps_its_copies() {
    let place = Scratch::new();
    let (room, mut raw, numbers) = sampled(&place);
    let before = raw.words(ALL);
    raw.run(&format!(
        "UPDATE originals SET bytes = x'00' WHERE image_id = {}",
        numbers[0]
    ));
    let said = refused(&["images", "render", "--database", &room]);
    let wanted = format!("Picture {}: This file is not a picture.", numbers[0]);
    assert!(said.contains(&wanted), "{said}");
    assert!(raw.words(ALL) == before, "a picture keeps its copies");
    let nothing = name(&place.folder().join("nothing.db"));
    let said = refused(&["images", "render", "--database", &nothing]);
    assert!(said.starts_with("There is no room in"), "{said}");
}
