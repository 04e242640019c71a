//! Papers of every script, of every kind of part, and of what nobody should send.

use std::sync::LazyLock;

use super::layout::{Page, Placed, Slot, What};
use super::look::{BOTTOM, WIDTH};
use super::shaping::Types;
use super::*;
#[cfg(test)]
use crate::web::assets::paper_faces;

static FACES: LazyLock<PaperFaces> = LazyLock::new(|| paper_faces().unwrap());

fn body(words: &str) -> Part {
    Part::Text(Text::plain(Style::Body, words))
}

fn item(depth: u8, mark: &str, words: &str) -> Part {
    Part::Text(Text {
        depth,
        mark: mark.to_owned(),
        ..Text::plain(Style::Body, words)
    })
}

fn cell(words: &str) -> Vec<Run> {
    vec![Run {
        words: words.to_owned(),
        look: Look::Plain,
    }]
}

fn paper(language: &str, mut parts: Vec<Part>) -> Paper {
    let title = Part::Text(Text::plain(Style::Title, "Ferry stops"));
    parts.insert(0, title);
    Paper {
        title: "Ferry stops".to_owned(),
        language: language.to_owned(),
        leftwards: language == "ar",
        parts,
        foot: Foot {
            room: "Quay".to_owned(),
            version: "Version 1".to_owned(),
            address: "https://news.example.org/news/ferry-stops".to_owned(),
        },
        made_at: MadeAt {
            year: 2018,
            month: 11,
            day: 26,
            ..MadeAt::default()
        },
    }
}

fn made(paper: &Paper) -> Vec<u8> {
    paper.pdf(&FACES, &Photos::new()).unwrap()
}

fn pages(paper: &Paper) -> Vec<Page> {
    let mut types = Types::new(&FACES, &paper.language);
    layout::laid_out(paper, &mut types, &Photos::new())
}

fn holds(pdf: &[u8], words: &str) -> bool {
    pdf.windows(words.len()).any(|at| at == words.as_bytes())
}

/// Whether it keeps the standard, which is written down in it.
fn is_strict(pdf: &[u8]) -> bool {
    holds(pdf, "pdfuaid:part")
}

#[test]
fn the_same_words_are_the_same_bytes_and_others_are_others() {
    let one = paper("en", vec![body("The ferry stops."), Part::Rule]);
    let other = paper("en", vec![body("The ferry goes."), Part::Rule]);
    assert_eq!(made(&one), made(&one));
    assert_ne!(made(&one), made(&other));
}

#[test]
fn no_heading_ends_a_page_and_no_line_stands_alone_on_one() {
    for before in 0..40 {
        let mut parts: Vec<Part> = (0..before).map(|_| body("A line.")).collect();
        let long = "Many words that fill more than one line of this page. ".repeat(9);
        for _ in 0..4 {
            parts.push(Part::Text(Text::plain(Style::Heading(2), "News")));
            parts.push(body(&long));
            parts.push(body(&long));
        }
        let paper = paper("en", parts);
        let pages = pages(&paper);
        assert!(pages.len() > 1);
        for page in &pages {
            let of_text = |placed: &Placed| match placed.slot {
                Slot::Text(part) => Some(part),
                Slot::Nothing
                | Slot::Mark(_)
                | Slot::Photo(_)
                | Slot::Caption(_)
                | Slot::Cell(..) => None,
            };
            let slots: Vec<usize> = page.placed.iter().filter_map(of_text).collect();
            let last = &paper.parts[*slots.last().unwrap()];
            assert!(!matches!(last, Part::Text(text) if text.style == Style::Heading(2)));
            for part in [slots[0], *slots.last().unwrap()] {
                let is_long = matches!(&paper.parts[part], Part::Text(text) if text.runs[0].words.len() > 200);
                let lines = slots.iter().filter(|slot| **slot == part).count();
                assert!(!is_long || lines > 1, "{before}: {slots:?}");
            }
            assert!(page.placed.iter().all(|placed| placed.top < BOTTOM + 2.0));
        }
    }
}

#[test]
fn a_page_that_is_written_from_right_to_left_is_mirrored() {
    let rows = vec![Row {
        is_header: true,
        cells: vec![cell("أول"), cell("ثان")],
    }];
    let parts = vec![
        item(1, "•", "توقفت العبّارة 12 مرة في London أمس"),
        Part::Table(Table { rows }),
        body("English words keep their own side."),
    ];
    let pages = pages(&paper("ar", parts));
    let mut seen = Vec::new();
    let mut cells = Vec::new();
    for placed in &pages[0].placed {
        let What::Line(line) = &placed.what else {
            continue;
        };
        seen.push(placed.slot);
        if placed.slot == Slot::Text(1) {
            assert!(line.at_right && line.edges.1 < WIDTH - 60.0);
        } else if placed.slot == Slot::Mark(1) {
            assert!(line.edges.0 > WIDTH - 80.0);
        } else if placed.slot == Slot::Text(3) {
            assert!(!line.at_right);
        } else if matches!(placed.slot, Slot::Cell(..)) {
            cells.push(line.edges.0);
        }
    }
    let (first, second) = (Slot::Cell(2, 0, 0), Slot::Cell(2, 0, 1));
    let all = [
        Slot::Text(0),
        Slot::Mark(1),
        Slot::Text(1),
        first,
        second,
        Slot::Text(3),
    ];
    assert_eq!(seen, all);
    assert!(cells[0] > cells[1], "{cells:?}");
}

#[test]
fn numbers_and_foreign_words_stand_in_a_line_as_they_are_read() {
    let words = "אב 12 cd גד";
    let runs = cell(words);
    let set = words::Words::of(&runs, faces::Voice::Text, false);
    let visual = set.visual(0..set.text.len());
    let told: Vec<&str> = visual
        .iter()
        .map(|one| set.part(one.range.clone()))
        .collect();
    assert_eq!(told, [" גד", "cd", " ", "12", "אב "]);
    assert!(set.leftwards);
}

const SCRIPTS: [(&str, &str); 12] = [
    (
        "en",
        "Fine efflorescence — “quoted”, 12,5 % of ½, naïve façade",
    ),
    ("ru", "Паром остановился в полдень, сказал капитан"),
    ("el", "Το πλοίο σταμάτησε το μεσημέρι"),
    (
        "ar",
        "توقفت العبّارة عند الظهر، وقال القبطان: «لا» 12 مرة في London",
    ),
    ("he", "המעבורת עצרה בצהריים"),
    ("hi", "नौका दोपहर में रुकी, क्षत्रिय ने कहा"),
    ("bn", "ফেরি দুপুরে থামল"),
    ("th", "เรือข้ามฟากหยุดตอนเที่ยง"),
    ("my", "ကူးတို့သင်္ဘော မွန်းတည့်တွင် ရပ်ခဲ့သည်"),
    ("am", "ጀልባው እኩለ ቀን ላይ ቆመ።"),
    ("ja", "フェリーは正午に止まった。漢字も入る"),
    ("zh", "渡轮中午停航，船长说。"),
];

#[test]
fn words_of_every_script_are_set_whole_and_keep_the_standard() {
    for (language, words) in SCRIPTS {
        let looks = [Look::Plain, Look::Strong, Look::Slanted, Look::Raised];
        let runs = looks.map(|look| Run {
            words: format!("{words} "),
            look,
        });
        let parts = vec![
            Part::Text(Text::plain(Style::Heading(2), words)),
            Part::Text(Text::of(Style::Body, runs.to_vec())),
            Part::Text(Text::plain(Style::Small, words)),
        ];
        let paper = paper(language, parts);
        let mut types = Types::new(&FACES, language);
        let pages = layout::laid_out(&paper, &mut types, &Photos::new());
        assert!(!types.misses, "{language}");
        assert_eq!(pages.len(), 1);
        assert!(is_strict(&made(&paper)), "{language}");
    }
}

#[test]
fn a_sign_that_no_face_holds_is_told_of() {
    let mut types = Types::new(&FACES, "en");
    let paper = paper("en", vec![body("Waves 🌊 and ქართული")]);
    let pages = layout::laid_out(&paper, &mut types, &Photos::new());
    let said = pages[0].placed.iter().any(|placed| {
        matches!(&placed.what, What::Line(line) if line.words.text.starts_with("Some signs"))
    });
    assert!(said && types.misses);
}

#[test]
fn lists_tables_and_quotations_are_tagged_as_what_they_are() {
    let rows = [true, false].map(|is_header| Row {
        is_header,
        cells: vec![cell("a"), Vec::new(), cell("b")],
    });
    let parts = vec![
        item(1, "•", "one"),
        item(2, "1.", "deep"),
        item(2, "", "more of it"),
        item(1, "•", "two"),
        item(1, "1.", "another list"),
        Part::Text(Text::plain(Style::Quote, "We won.")),
        Part::Table(Table {
            rows: rows.to_vec(),
        }),
        Part::Text(Text::plain(Style::Small, "The end").in_english()),
    ];
    let pdf = made(&paper("fr", parts));
    assert!(is_strict(&pdf));
    let text: String = pdf.iter().map(|byte| char::from(*byte)).collect();
    let count = |what: &str| text.matches(&format!("/S/{what}/P ")).count();
    let counted = [
        "L",
        "LI",
        "Lbl",
        "LBody",
        "BlockQuote",
        "Table",
        "TR",
        "TH",
        "TD",
        "H1",
    ]
    .map(count);
    assert_eq!(counted, [3, 4, 4, 4, 1, 1, 2, 3, 3, 1]);
}

/// Words that were never meant to be read, as long as a quarter of the longest text.
fn hostile_words() -> Vec<(&'static str, String)> {
    vec![
        ("one word", "x".repeat(50_000)),
        ("Arabic", "\u{633}".repeat(50_000)),
        ("Thai", "กขฃ".repeat(16_000)),
        ("Han", "漢字".repeat(25_000)),
        ("unseen", "\u{200b}\u{202e}\u{2066}".repeat(16_000)),
        ("embedded", "a\u{202b}א\u{202a}".repeat(12_000)),
        ("marks", format!("a{}", "\u{301}".repeat(49_000))),
        ("emoji", "👩‍👩‍👧\u{fe0f}".repeat(8_000)),
        ("lines", "\n".repeat(50_000)),
        (
            "breaks",
            "a \u{2028}\u{0}\u{85}\u{feff}\u{fffe}\u{e000}\u{ad}".repeat(6_000),
        ),
    ]
}

fn hostile() -> Vec<(&'static str, Vec<Part>)> {
    let words = hostile_words().into_iter();
    let mut all: Vec<_> = words
        .map(|(what, words)| (what, vec![body(&words)]))
        .collect();
    let table = |is_header, cells| {
        let rows = vec![Row { is_header, cells }];
        vec![Part::Table(Table { rows })]
    };
    let deep = |number: u16| item(number.to_le_bytes()[0] % 9, "•", "a word or two");
    all.push(("paragraphs", (0..10_000).map(|_| body("no")).collect()));
    all.push(("lists", (0..10_000).map(deep).collect()));
    all.push(("wide table", table(true, vec![cell("a"); 50_000])));
    let high = vec![cell(&"x".repeat(50_000)), cell("b")];
    all.push(("high cell", table(false, high)));
    all
}

#[test]
fn what_nobody_should_send_is_set_all_the_same() {
    for (what, parts) in hostile() {
        for language in ["en", "ar"] {
            let pdf = made(&paper(language, parts.clone()));
            assert!(pdf.starts_with(b"%PDF-1."), "{what} {language}");
        }
    }
}

/// A picture that no encoder makes small.
fn photo(number: u32) -> Vec<u8> {
    let mut noise = number.wrapping_mul(2_654_435_761) | 1;
    let pixels = ::image::RgbImage::from_fn(960, 640, |_, _| {
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        let [one, two, ..] = noise.to_le_bytes();
        ::image::Rgb([one / 2, 100, two / 2])
    });
    let mut jpeg = std::io::Cursor::new(Vec::new());
    pixels
        .write_to(&mut jpeg, ::image::ImageFormat::Jpeg)
        .unwrap();
    jpeg.into_inner()
}

#[test]
fn twenty_thousand_words_and_forty_photos_are_set() {
    let (mut parts, mut photos) = (Vec::new(), Photos::new());
    let words = "The ferry between the two coasts stops at noon, says its captain. ".repeat(40);
    for number in 1..=40_u32 {
        parts.push(Part::Text(Text::plain(Style::Heading(2), "What they say")));
        parts.push(body(&words));
        let image = number.to_string().parse().unwrap();
        photos.insert((image, 960), photo(number));
        parts.push(Part::Photo(Photo {
            image,
            hash: String::new(),
            width: 960,
            height: 640,
            tallest: 215,
            alt: "Noise".to_owned(),
            words: "Much of it.".to_owned(),
        }));
    }
    let paper = paper("en", parts);
    let pdf = paper.pdf(&FACES, &photos).unwrap();
    assert!(is_strict(&pdf));
    let heads = pdf.windows(8).filter(|at| *at == b"/S/Figur").count();
    assert!(heads == 40 || holds(&pdf, "/S /Figure"), "{heads}");
    let broken: Photos = photos
        .into_keys()
        .map(|key| (key, b"no".to_vec()))
        .collect();
    assert!(paper.pdf(&FACES, &broken).unwrap().len() < pdf.len());
}
