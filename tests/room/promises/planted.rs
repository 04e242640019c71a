//! Positions and serial numbers are planted wherever a file can hold them, and looked for in everything that
//! readers and journalists can get of it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::AtomicBool;

use dateline::darkroom::{Darkroom, encoder};
use dateline::media::{ImageHash, Waiting};
use image::ImageFormat;

use crate::storage::raw::Raw;
use crate::support::{Room, jpeg, pixels, release};

/// Stands in every field that takes words.
const WORD: &str = "SN-4711-PLANT";
/// As degrees stand in XMP, EXIF's are numbers of which exiftool makes a position again.
const PLACE: &str = "51,30.042N";

/// A file of this test's own, gone when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn of(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("dateline-{}-{name}", std::process::id()));
        fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _gone = fs::remove_file(&self.0);
    }
}

fn exiftool(arguments: &[&str], file: &Scratch) -> String {
    let output = Command::new("exiftool")
        .args(arguments)
        .arg(&file.0)
        .output();
    let output = output.expect("exiftool is missing: run tests/exiftool/ready.sh");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What exiftool can write into every format.
const EVERYWHERE: [&str; 14] = [
    "-q",
    "-overwrite_original",
    "-EXIF:GPSLatitude=51.5007",
    "-EXIF:GPSLatitudeRef=N",
    "-EXIF:GPSLongitude=0.1246",
    "-EXIF:GPSLongitudeRef=W",
    "-EXIF:SerialNumber=SN-4711-PLANT",
    "-EXIF:LensSerialNumber=SN-4711-PLANT",
    "-EXIF:OwnerName=SN-4711-PLANT",
    "-EXIF:UserComment=SN-4711-PLANT",
    "-XMP-exif:GPSLatitude=51.5007",
    "-XMP-exif:GPSLongitude=-0.1246",
    "-XMP-aux:SerialNumber=SN-4711-PLANT",
    "-XMP-xmpMM:DocumentID=SN-4711-PLANT",
];

fn with_all(name: &str, bytes: &[u8], more: &[&str]) -> Vec<u8> {
    let file = Scratch::of(name, bytes);
    exiftool(&[&EVERYWHERE[..], more].concat(), &file);
    fs::read(&file.0).unwrap()
}

/// A segment of a JPEG, behind its first two bytes.
fn segment(jpeg: &mut Vec<u8>, marker: u8, content: &[u8]) {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    jpeg.splice(2..2, [&[0xff, marker], &length[..], content].concat());
}

/// Maker's note, thumbnail, IPTC, comment, colour profile, a segment of nobody's, and what hangs behind the end.
fn planted_jpeg() -> Vec<u8> {
    let preview = Scratch::of("planted-preview.jpg", &jpeg(160, 120));
    let note = Scratch::of("planted-note.bin", format!("MAKERNOTE {WORD}").as_bytes());
    let thumbnail = format!("-ThumbnailImage<={}", preview.0.display());
    let maker = format!("-MakerNoteUnknownText<={}", note.0.display());
    let mut bytes = with_all(
        "planted.jpg",
        &jpeg(960, 480),
        &[
            "-IPTC:Keywords=SN-4711-PLANT",
            "-IPTC:Sub-location=SN-4711-PLANT",
            "-Comment=SN-4711-PLANT",
            &thumbnail,
            &maker,
        ],
    );
    segment(
        &mut bytes,
        0xe2,
        format!("ICC_PROFILE\0\x01\x01{WORD}").as_bytes(),
    );
    segment(&mut bytes, 0xeb, format!("JP{WORD}").as_bytes());
    bytes.extend(WORD.as_bytes());
    bytes.extend(jpeg(160, 120));
    bytes
}

fn coded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels(width, height).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn planted_png() -> Vec<u8> {
    let png = coded(961, 480, ImageFormat::Png);
    let words = [
        "-PNG:Comment=SN-4711-PLANT",
        "-PNG:Author=SN-4711-PLANT",
        "-PNG:Software=SN-4711-PLANT",
    ];
    let mut bytes = with_all("planted.png", &png, &words);
    bytes.extend(WORD.as_bytes());
    bytes
}

fn planted_webp() -> Vec<u8> {
    let webp = coded(962, 480, ImageFormat::WebP);
    let mut bytes = with_all("planted.webp", &webp, &[]);
    let length = u32::try_from(WORD.len()).unwrap().to_le_bytes();
    bytes.extend([b"JUNK", &length[..], WORD.as_bytes(), &[0]].concat());
    let claimed = u32::try_from(bytes.len() - 8).unwrap().to_le_bytes();
    bytes.splice(4..8, claimed);
    bytes
}

/// Uploaded and described as an editor would, on a live item.
async fn sent_in(room: &Room, number: usize, (name, photo): (&str, &[u8])) {
    let editor = room.editor().await;
    let library = editor.open("/admin/images").await;
    let form = library.attach("Add pictures", name, photo);
    let form = form.press("Upload").await;
    let form = form
        .fill("The alt text", "A boat")
        .fill("Caption", "A boat.");
    let form = form.fill("Credit", "Mara Lind").fill("Terms", "");
    assert!(form.press("Save").await.has("Saved."), "{name}");
    let image = number.to_string().parse().unwrap();
    let title = format!("Ferry stops {number}");
    let item = release(&title).lead(image);
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
}

fn is_clean(what: &str, bytes: &[u8]) {
    for word in [WORD, PLACE, "MAKERNOTE", "4711"] {
        let found = bytes.windows(word.len()).any(|at| at == word.as_bytes());
        assert!(!found, "{word} in {what}");
    }
    let end = what.rsplit('.').next().unwrap();
    if ["jpg", "png", "webp", "avif"].contains(&end) {
        let said = exiftool(
            &["-a", "-G1", "-s"],
            &Scratch::of(&format!("out.{end}"), bytes),
        );
        for word in [
            "GPS",
            "Serial",
            "Thumbnail",
            "MakerNote",
            "OwnerName",
            "Trailer",
        ] {
            assert!(!said.contains(word), "{word} in {what}: {said}");
        }
    }
}

/// Every stream of a PDF, packed and unpacked; its photo as the file that it is. Its places on the page are
/// numbers, so that one of four digits says nothing there.
fn on_paper(pdf: &[u8]) {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let (mut all, mut photos) = (vec![pdf.to_vec()], 0);
    for stream in document
        .objects
        .values()
        .filter_map(|one| one.as_stream().ok())
    {
        let kind = stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name);
        if kind.is_ok_and(|kind| kind == b"Image") {
            is_clean("paper.jpg", &stream.content);
            photos += 1;
        }
        all.extend(stream.decompressed_content());
    }
    for word in [WORD, PLACE, "MAKERNOTE"] {
        let found = |bytes: &Vec<u8>| bytes.windows(word.len()).any(|at| at == word.as_bytes());
        assert!(!all.iter().any(found), "{word} on paper");
    }
    assert_eq!(photos, 1);
}

/// Every copy that is stored, the full size, the share card, and the pack with what is in it.
async fn everything(room: &Room, number: usize, photo: &[u8]) -> usize {
    let hash = ImageHash::of(photo);
    let names = Raw::open(&room.file()).words(&format!(
        "SELECT iif(crop = '', '', crop || '-') || r.width || '.' || r.format AS one FROM renditions AS r
            JOIN images AS i ON i.id = r.image_id WHERE i.hash = '{}'",
        hash.as_str()
    ));
    let images = format!("/images/{}", hash.as_str());
    let mut all: Vec<String> = names
        .iter()
        .map(|name| format!("{images}/{name}"))
        .collect();
    all.push(format!("{images}/full.jpg"));
    all.push(format!("/news/ferry-stops-{number}/card.png"));
    all.extend(["/".to_owned(), format!("/news/ferry-stops-{number}")]);
    for address in &all {
        let answer = room.get(address).await;
        assert_eq!(answer.status, 200, "{address}");
        is_clean(address, &answer.body);
    }
    let pack = room
        .page(&format!("/news/ferry-stops-{number}/pack.zip"))
        .await;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(pack.body)).unwrap();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        if name.rsplit('.').next() == Some("pdf") {
            on_paper(&bytes);
        } else {
            is_clean(&name, &bytes);
        }
    }
    all.len() + zip.len()
}

#[actix_web::test]
async fn no_position_and_no_serial_number_leaves_in_any_copy_of_any_format() {
    let room = Room::open().await;
    let files = [
        ("a.jpg", planted_jpeg()),
        ("b.png", planted_png()),
        ("c.webp", planted_webp()),
    ];
    for (number, (name, photo)) in (1..).zip(&files) {
        let before = exiftool(&["-a", "-G1", "-s"], &Scratch::of(name, photo));
        assert!(before.contains("GPSPosition"), "{name}: {before}");
        assert!(before.matches(WORD).count() >= 5, "{name}: {before}");
        sent_in(&room, number, (name, photo)).await;
    }
    let darkroom = Darkroom {
        store: room.store.clone(),
        read: room.read.clone(),
        waiting: Waiting::default(),
        encoder: encoder(PathBuf::from(env!("CARGO_BIN_EXE_dateline"))),
    };
    darkroom.round(&AtomicBool::new(false)).unwrap();
    for (number, (name, photo)) in (1..).zip(&files) {
        let looked_at = everything(&room, number, photo).await;
        assert!(looked_at > 40, "{looked_at} of {name}");
    }
}
