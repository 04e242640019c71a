//! Pages that are drawn as they are, and what becomes of those that cannot be.

use ::image::{RgbImage, load_from_memory};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::{DrawnPage, PageName, Undrawable, draw};
use crate::media::RenditionFormat;

const RED: [u8; 3] = [255, 0, 0];
const BLUE: [u8; 3] = [0, 0, 255];
const WHITE: [u8; 3] = [255, 255, 255];

/// A PDF with one page of these entries, on which that is drawn.
fn pdf(page: Dictionary, content: &str) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let drawn = Stream::new(dictionary! {}, content.as_bytes().to_vec());
    let drawn = document.add_object(drawn);
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let fonts = dictionary! { "F" => font };
    let mut entries = dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => drawn,
        "Resources" => dictionary! { "Font" => fonts },
    };
    entries.extend(&page);
    let page = document.add_object(entries);
    let kids: Vec<Object> = vec![page.into()];
    let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 };
    document.objects.insert(pages, tree.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn sized(edges: [i64; 4]) -> Dictionary {
    let edges: Vec<Object> = edges.into_iter().map(Object::from).collect();
    dictionary! { "MediaBox" => edges }
}

fn pixels(page: Dictionary, content: &str) -> RgbImage {
    draw(pdf(page, content)).unwrap().0
}

/// The lower left quarter red, the upper right one blue, of a page of 200 × 100 points.
const QUARTERS: &str = "1 0 0 rg 0 0 100 50 re f 0 0 1 rg 100 50 100 50 re f";

#[test]
fn a_page_is_drawn_as_it_is_on_white_paper() {
    let page = pixels(sized([0, 0, 200, 100]), QUARTERS);
    assert_eq!(page.dimensions(), (640, 320));
    let at = |x, y| page.get_pixel(x, y).0;
    assert_eq!([at(20, 300), at(620, 20)], [RED, BLUE]);
    assert_eq!([at(20, 20), at(620, 300)], [WHITE, WHITE]);
}

#[test]
fn a_page_that_lies_on_its_side_is_turned() {
    let mut page = sized([0, 0, 200, 100]);
    page.set("Rotate", 90);
    let page = pixels(page, QUARTERS);
    assert_eq!(page.dimensions(), (640, 1280));
    // Clockwise, what was left is on top.
    assert_eq!(page.get_pixel(20, 20).0, RED);
    assert_eq!(page.get_pixel(620, 1260).0, BLUE);
}

#[test]
fn what_is_trimmed_away_is_not_shown() {
    let mut page = sized([-50, -50, 250, 150]);
    let edges: Vec<Object> = [0, 0, 200, 100].into_iter().map(Object::from).collect();
    page.set("CropBox", edges);
    assert_eq!(
        pixels(page, QUARTERS),
        pixels(sized([0, 0, 200, 100]), QUARTERS)
    );
}

#[test]
fn words_without_a_font_of_their_own_are_drawn_too() {
    let page = pixels(
        sized([0, 0, 200, 100]),
        "BT /F 40 Tf 10 30 Td (Verdict) Tj ET",
    );
    let black = page.pixels().filter(|pixel| pixel.0 == [0, 0, 0]).count();
    assert!(black > 2000, "{black}");
}

#[test]
fn of_a_long_page_the_top_is_drawn() {
    let page = pixels(
        sized([0, 0, 100, 10_000]),
        "0 0 1 rg 0 9900 100 100 re f 1 0 0 rg 0 0 100 100 re f",
    );
    assert_eq!(page.dimensions(), (640, 1280));
    assert_eq!(page.get_pixel(320, 300).0, BLUE);
    assert!(page.pixels().all(|pixel| pixel.0 != RED));
}

#[test]
fn a_page_as_large_as_a_country_costs_no_more_than_any() {
    let page = pixels(
        sized([0, 0, 1_000_000_000, 1_000_000_000]),
        "1 0 0 rg 0 0 500000000 500000000 re f",
    );
    assert_eq!(page.get_pixel(20, 620).0, RED);
    assert_eq!(page.get_pixel(620, 20).0, WHITE);
}

#[test]
fn what_is_no_page_is_none() {
    for edges in [[0, 0, 0, 0], [0, 0, 200, 0], [0, 0, 100_000, 1]] {
        let drawn = draw(pdf(sized(edges), QUARTERS));
        assert_eq!(drawn, Err(Undrawable::NoSize), "{edges:?}");
    }
    let unreadable = draw(b"%PDF-1.7\nnothing".to_vec());
    assert_eq!(unreadable, Err(Undrawable::Unreadable));
}

#[test]
fn nothing_but_a_page_is_received_as_one() {
    let page = draw(pdf(sized([0, 0, 200, 100]), QUARTERS)).unwrap();
    let sent = page.sent();
    assert_eq!(DrawnPage::received(&sent), Some(page));
    assert!(sent.len() <= DrawnPage::LONGEST);
    let (width, height) = (
        usize::from(DrawnPage::WIDTH),
        usize::from(DrawnPage::HIGHEST),
    );
    assert_eq!(DrawnPage::LONGEST, 8 + width * height * 3);
    let one_more = [&sent[..], &[0]].concat();
    let wider = [&641_u32.to_be_bytes(), &sent[4..]].concat();
    let none = [640_u32.to_be_bytes(), [0; 4]].concat();
    for other in [&sent[..sent.len() - 1], &one_more, &wider, &none, b""] {
        assert_eq!(DrawnPage::received(other), None);
    }
}

#[test]
fn copies_come_in_two_sizes_and_formats_and_hold_nothing_but_pixels() {
    let page = draw(pdf(sized([0, 0, 200, 100]), QUARTERS)).unwrap();
    let copies = page.copies().unwrap();
    let names: Vec<String> = copies.iter().map(|copy| copy.name.to_string()).collect();
    let all = [
        "page-160.webp",
        "page-160.jpg",
        "page-320.webp",
        "page-320.jpg",
    ];
    assert_eq!(names, all);
    for copy in copies {
        let shown = load_from_memory(&copy.bytes).unwrap().to_rgb8();
        assert_eq!(shown.dimensions(), (copy.name.width, copy.height));
        let [red, green, blue] = shown.get_pixel(10, copy.height - 10).0;
        assert!(red > 230 && green < 25 && blue < 25, "{}", copy.name);
        match copy.name.format {
            RenditionFormat::Webp => assert_eq!(&copy.bytes[8..16], b"WEBPVP8 "),
            RenditionFormat::Jpeg => assert!(!copy.bytes.windows(2).any(|two| two == b"\xff\xe1")),
            RenditionFormat::Avif => panic!("none is made"),
        }
    }
}

#[test]
fn every_copy_has_one_name() {
    for name in PageName::all() {
        assert_eq!(name.to_string().parse::<PageName>().unwrap(), name);
    }
    for made_up in [
        "page-161.webp",
        "page-160.avif",
        "page-0160.jpg",
        "160.jpg",
        "page-160",
    ] {
        assert!(made_up.parse::<PageName>().is_err(), "{made_up}");
    }
}
