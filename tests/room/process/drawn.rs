//! First pages of PDFs in a process of their own: what the process may do, and how those end that were made to
//! never end.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::thread::sleep;
use std::time::{Duration, Instant};

use dateline::apart::Apart;
use dateline::darkroom::{self, DRAWS, Drawing, FirstPages};
use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::support::{Room, one_page, painted, stream};

/// How long a hostile file may keep a test waiting at most: the process has a second of work and a minute of
/// the clock, of which it takes more where the machine is busy.
const AT_MOST: Duration = Duration::from_secs(90);

pub(crate) fn drawer() -> Apart {
    Apart {
        works_for: Duration::from_secs(1),
        ..darkroom::drawer(PathBuf::from(env!("CARGO_BIN_EXE_dateline")))
    }
}

/// Draws every first page of the room that is wished for; how many came of it.
pub(crate) fn draw_all(room: &Room) -> usize {
    let pages = FirstPages::new(room.store.clone(), room.read.clone(), drawer());
    pages.round(&|| (), &AtomicBool::new(false)).unwrap()
}

fn drawn_by(drawer: &Apart, pdf: &[u8]) -> Drawing {
    darkroom::draw(drawer, pdf, &AtomicBool::new(false)).unwrap()
}

/// Why no page came of it.
fn nothing_of(name: &str, pdf: &[u8]) -> String {
    let drawing = drawn_by(&drawer(), pdf);
    match drawing {
        Drawing::Nothing(why) => why,
        Drawing::Page(_) | Drawing::Left => panic!("{name}: {drawing:?}"),
    }
}

const A_PAGE: &str = "/MediaBox[0 0 300 400]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>";

/// A page that shows an image of these entries and bytes.
fn showing(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let image = format!("/Type/XObject/Subtype/Image{entries}");
    let content = b"300 0 0 400 0 0 cm /X Do";
    one_page(A_PAGE, &[stream("", content), stream(&image, bytes)])
}

/// Ten forms, each of which shows the next one ten times.
fn a_billion_squares() -> Vec<u8> {
    let mut further = vec![stream("", b"/X Do")];
    for number in 5..15 {
        let next = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 300 400]/Resources<</XObject<</X {} 0 R>>>>",
            number + 1
        );
        further.push(stream(&next, "/X Do ".repeat(10).as_bytes()));
    }
    let last = "/Type/XObject/Subtype/Form/BBox[0 0 300 400]";
    further.push(stream(last, b"0 0 9 9 re f"));
    one_page(A_PAGE, &further)
}

/// So many zeros, packed twice.
fn packed(zeros: usize) -> Vec<u8> {
    let mut once = ZlibEncoder::new(Vec::new(), Compression::best());
    let block = vec![0; 1_000_000];
    for _ in 0..zeros / block.len() {
        once.write_all(&block).unwrap();
    }
    let mut twice = ZlibEncoder::new(Vec::new(), Compression::best());
    twice.write_all(&once.finish().unwrap()).unwrap();
    twice.finish().unwrap()
}

#[test]
fn a_page_comes_back_as_it_was_drawn() {
    let Drawing::Page(page) = drawn_by(&drawer(), &painted("1 0 0")) else {
        panic!("no page");
    };
    let sent = page.sent();
    assert_eq!(sent[..8], [0, 0, 2, 128, 0, 0, 3, 85], "640 × 853 pixels");
    assert!(sent[8..].chunks(3).all(|pixel| pixel == [255, 0, 0]));
}

#[test]
fn what_never_ends_is_ended_by_the_work_that_it_costs_and_by_the_clock() {
    let billion = a_billion_squares();
    let why = nothing_of("a billion squares", &billion);
    assert!(why.starts_with("signal: "), "{why}");
    let hasty = Apart {
        patience: Duration::from_millis(300),
        works_for: Duration::from_mins(1),
        ..drawer()
    };
    let late = Drawing::Nothing("it took too long".to_owned());
    assert_eq!(drawn_by(&hasty, &billion), late);
    let stopped = darkroom::draw(&hasty, &billion, &AtomicBool::new(true)).unwrap();
    assert_eq!(
        stopped,
        Drawing::Left,
        "a server that stops waits for nobody"
    );
}

#[test]
fn files_made_to_take_all_memory_or_to_break_the_program_have_no_picture() {
    let zeros = packed(700_000_000);
    let whole = painted("1 0 0");
    let deep = format!("/MediaBox[0 0 300 400]/Resources{}", "[".repeat(1_000_000));
    let box_of = |edges: &str| one_page(&format!("/MediaBox[{edges}]"), &[]);
    let encrypted = String::from_utf8(whole.clone()).unwrap().replace(
        "/Root",
        "/Encrypt<</Filter/Standard/V 2/R 3/P -4/Length 128/O(a)/U(b)>>/Root",
    );
    for (name, pdf) in [
        (
            "unpacks to 700 MB",
            one_page(
                "/MediaBox[0 0 300 400]/Contents 4 0 R",
                &[stream("/Filter[/FlateDecode/FlateDecode]", &zeros)],
            ),
        ),
        ("nested a million times", one_page(&deep, &[])),
        ("no paper", box_of("0 0 0 0")),
        ("not a number", box_of("0 0 1e999 1e999")),
        ("a line", box_of("0 0 100000 1")),
        ("encrypted", encrypted.into_bytes()),
        ("cut off", whole[..40].to_vec()),
        ("nothing", Vec::new()),
    ] {
        let why = nothing_of(name, &pdf);
        let ends = ["exit status: 1", "signal: ", "it took too long"];
        assert!(ends.iter().any(|end| why.starts_with(end)), "{name}: {why}");
    }
}

/// A segment that says of its page that it is 100,000 pixels each way.
fn endless_jbig2() -> Vec<u8> {
    let head = [0, 0, 0, 0, 0x30, 0, 1, 0, 0, 0, 19];
    let size = [0, 1, 0x86, 0xa0].repeat(2);
    [&head[..], &size, &[0; 11]].concat()
}

/// A head that says of its picture that it is two billion pixels each way.
fn endless_jpeg_2000() -> Vec<u8> {
    let head = [0xff, 0x4f, 0xff, 0x51, 0, 41, 0, 0];
    let size: Vec<u8> = [0x7f, 0xff, 0xff, 0xff].repeat(2);
    let from = [0; 8];
    [&head[..], &size, &from, &size, &from, &[0, 1, 7, 1, 1]].concat()
}

/// A form that shows itself.
fn a_snake() -> Vec<u8> {
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 300 400]/Resources<</XObject<</X 5 0 R>>>>";
    one_page(A_PAGE, &[stream("", b"/X Do"), stream(form, b"/X Do")])
}

/// Whether the program leaves such a picture out or falls is its own affair.
#[test]
fn pictures_that_are_larger_than_memory_end_in_time() {
    let sized = "/Width 100000/Height 100000/ColorSpace/DeviceGray/BitsPerComponent";
    let image = |entries: &str, bytes: &[u8]| showing(&format!("{sized} {entries}"), bytes);
    for (name, pdf) in [
        ("JBIG2", image("1/Filter/JBIG2Decode", &endless_jbig2())),
        (
            "JPEG 2000",
            image("8/Filter/JPXDecode", &endless_jpeg_2000()),
        ),
        ("plain", image("8", b"x")),
        ("draws itself", a_snake()),
    ] {
        let drawing = drawn_by(&drawer(), &pdf);
        assert!(!matches!(drawing, Drawing::Left), "{name}");
    }
}

#[test]
fn whatever_another_program_sends_is_no_page() {
    let by = |program: &str| Apart {
        program: PathBuf::from(program),
        ..drawer()
    };
    for (program, why) in [("/bin/echo", "no page"), ("/bin/false", "exit status: 1")] {
        let drawing = drawn_by(&by(program), b"%PDF-1.7");
        let Drawing::Nothing(said) = drawing else {
            panic!("{program}: {drawing:?}");
        };
        assert!(said.contains(why), "{program}: {said}");
    }
    let none = darkroom::draw(&by("/nowhere/at/all"), b"", &AtomicBool::new(false));
    assert!(none.is_err(), "no process, and so no word about the file");
}

#[test]
fn before_it_reads_the_process_has_given_up_files_programs_and_memory() {
    const LIMITS: [(&str, &str); 5] = [
        ("Max address space", "600000000"),
        ("Max cpu time", "1"),
        ("Max core file size", "0"),
        ("Max processes", "0"),
        ("Max open files", "0"),
    ];
    // It waits for its PDF.
    let mut child = drawer().process(DRAWS).spawn().unwrap();
    let file = format!("/proc/{}/limits", child.id());
    let status = format!("/proc/{}/status", child.id());
    let is_confined = |said: &str| {
        LIMITS.iter().all(|(name, most)| {
            let mut lines = said.lines();
            let values = lines.find_map(|line| line.strip_prefix(name));
            let values: Vec<&str> = values.unwrap_or_default().split_whitespace().collect();
            values.len() >= 2 && values[..2] == [*most; 2]
        })
    };
    let begun = Instant::now();
    let mut said = String::new();
    while !is_confined(&said) && begun.elapsed() < AT_MOST {
        sleep(Duration::from_millis(20));
        said = fs::read_to_string(&file).unwrap();
    }
    let status = fs::read_to_string(status).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(is_confined(&said), "{said}");
    let address_space = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let kilobytes = address_space.and_then(|size| size.trim().strip_suffix(" kB"));
    let kilobytes: u64 = kilobytes.unwrap().trim().parse().unwrap();
    assert!(
        kilobytes < 300_000,
        "nothing was reserved before: {kilobytes} kB"
    );
}
