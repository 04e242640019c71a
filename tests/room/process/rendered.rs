//! `dateline images render`: the copies of pictures made again out of their originals.

use super::backups::{done, name, refused};
use crate::promises::soundness::sample_room;
use crate::storage::raw::Raw;
use crate::storage::scratch::Scratch;

const ALL: &str =
    "SELECT image_id || ' ' || crop || ' ' || width || ' ' || height || format || hex(bytes) AS one
    FROM renditions ORDER BY image_id, crop, width, format";

/// The sample room in a file, and the numbers of its pictures, the smallest first: those are quick to make.
fn sampled(place: &Scratch) -> (String, Raw, Vec<String>) {
    let room = place.room();
    sample_room(&room);
    let mut raw = Raw::open(&room);
    let numbers = raw.words("SELECT CAST(id AS TEXT) AS one FROM images ORDER BY width, id");
    (name(&room), raw, numbers)
}

fn render(room: &str, more: &[&str]) -> String {
    done(&[&["images", "render", "--database", room], more].concat())
}

#[test]
fn copies_of_an_older_recipe_are_made_again_and_the_others_stay() {
    let place = Scratch::new();
    let (room, mut raw, numbers) = sampled(&place);
    let nothing = render(&room, &[]);
    assert!(nothing.starts_with("Nothing to render"), "{nothing}");
    let last = &numbers[1];
    raw.run(&format!(
        "DELETE FROM renditions WHERE image_id = {};
         UPDATE renditions SET bytes = x'00', recipe = 0 WHERE image_id = {last} AND format = 'webp'",
        numbers[0]
    ));
    let said = render(&room, &["--after", &numbers[0]]);
    assert_eq!(
        said.trim(),
        "1 rendered: 1 with other copies than before, 0 with the same."
    );
    assert!(render(&room, &[]).starts_with("1 rendered: 1 with other"));
    let rendered = raw.words(ALL);
    let of = |number: &str, format: &str| {
        let begin = format!("{number} ");
        rendered
            .iter()
            .any(|row| row.starts_with(&begin) && row.contains(format))
    };
    for number in [&numbers[0], last] {
        assert!(
            of(number, "avif") && of(number, "webp") && of(number, "jpg"),
            "{number}"
        );
    }
    assert!(render(&room, &[]).starts_with("Nothing to render"));
    raw.run(&format!(
        "UPDATE renditions SET recipe = 0 WHERE image_id = {last}"
    ));
    assert_eq!(
        render(&room, &[]).trim(),
        "1 rendered: 0 with other copies than before, 1 with the same."
    );
    assert!(raw.words(ALL) == rendered, "the same bytes as before");
    done(&["check", "--database", &room]);
}

#[test]
fn a_picture_that_cannot_be_made_again_is_named_and_keeps_its_copies() {
    let place = Scratch::new();
    let (room, mut raw, numbers) = sampled(&place);
    let before = raw.words(ALL);
    raw.run(&format!(
        "UPDATE originals SET bytes = x'00' WHERE image_id = {0};
         UPDATE renditions SET recipe = 0 WHERE image_id = {0}",
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
