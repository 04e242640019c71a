//! Files that somebody made to do harm: each gets a sentence, or is taken and loses its sting, in time.

use std::io::Write;
use std::time::{Duration, Instant};

use ::image::ImageFormat;
use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::samples::*;
use super::{MediaError, RenditionFormat, Taken, take_in};

/// Whoever uploads is answered within so long.
const IN_TIME: Duration = Duration::from_secs(2);

fn in_time(name: &str, bytes: &[u8]) -> Result<Taken, MediaError> {
    let began = Instant::now();
    let came = take_in(bytes);
    let took = began.elapsed();
    assert!(took < IN_TIME, "{name}: {took:?}");
    came
}

/// The sentence that refuses a file, without what is accepted instead.
fn refusal(name: &str, bytes: &[u8]) -> String {
    let sentence = match in_time(name, bytes) {
        Ok(_) => panic!("{name} was taken"),
        Err(error) => error.to_string(),
    };
    let (sentence, _) = sentence.split_once(" Send a JPEG").unwrap();
    sentence.to_owned()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn png() -> Vec<u8> {
    saved(scene(40, 30), ImageFormat::Png)
}

#[test]
fn what_is_no_picture_is_called_by_its_name_whatever_its_ending_says() {
    let drawing =
        b"<?xml version='1.0'?><svg xmlns='x' onload='alert(1)'><script>alert(1)</script></svg>";
    let archive = [&b"PK\x03\x04\x14\0"[..], &jpeg(&scene(40, 30))].concat();
    let document = [&b"%PDF-1.7\n"[..], &jpeg(&scene(40, 30))].concat();
    let known: [(&[u8], &str); 6] = [
        (&drawing[..], "This is an SVG drawing, which is not taken."),
        (
            b"<html><img src=x onerror=alert(1)>",
            "This is a web page, which is not taken.",
        ),
        (
            &archive,
            "This is a ZIP archive or an office document, which is not taken.",
        ),
        (&document, "This is a PDF, which is not taken."),
        (b"MZ\x90\0 a program", "This file is not a picture."),
        (b"", "This file is empty."),
    ];
    for (bytes, sentence) in known {
        assert_eq!(refusal(sentence, bytes), sentence);
    }
}

#[test]
fn pictures_of_absurd_sizes_are_refused_before_a_pixel_is_decoded() {
    let hair = jpeg_that_claims(65_535, 1);
    assert!(refusal("hair", &hair).starts_with("This picture is 65535 pixels wide and 1 high"));
    let field = jpeg_that_claims(65_535, 65_535);
    assert!(refusal("field", &field).starts_with("This picture has 65535 × 65535 pixels"));
    let nothing = jpeg_that_claims(0, 100);
    assert!(!refusal("nothing", &nothing).is_empty());
}

/// A whole small JPEG whose frame header names another size.
fn jpeg_that_claims(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = jpeg(&scene(40, 30));
    let at = bytes
        .windows(2)
        .position(|two| two == [0xFF, 0xC0])
        .unwrap();
    bytes[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    bytes[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

#[test]
fn what_unpacks_to_a_thousand_times_its_size_is_not_unpacked() {
    let bomb = packed(&vec![0; 200_000_000]);
    assert!(bomb.len() < 300_000);
    let profile = [&b"x\0\0"[..], &bomb].concat();
    let text = [&b"Comment\0\0"[..], &bomb].concat();
    let xmp = [&b"XML:com.adobe.xmp\0\x01\0\0\0"[..], &bomb].concat();
    for (name, kind, content) in [
        ("profile", *b"iCCP", &profile),
        ("text", *b"zTXt", &text),
        ("international", *b"iTXt", &xmp),
    ] {
        // Taken or refused, but in time and without its words.
        if let Ok(taken) = in_time(name, &with_chunk(&png(), kind, content)) {
            assert!(taken.metadata.is_empty(), "{name}");
        }
    }
    // More pixels in the data than the header claims.
    let header_and_data = [
        &png()[..33],
        &raw_chunk(*b"IDAT", &bomb),
        &raw_chunk(*b"IEND", b""),
    ]
    .concat();
    let _either = in_time("pixels", &header_and_data);
}

#[test]
fn files_that_are_two_things_at_once_become_pictures_and_nothing_else() {
    let script = b"</style><script>alert(document.domain)</script>";
    let tail = [&jpeg(&scene(400, 300))[..], b"PK\x03\x04", script].concat();
    let inside = with_segment(&jpeg(&scene(400, 300)), 0xFE, script);
    let gif = [&saved(scene(40, 30), ImageFormat::Gif)[..], script].concat();
    let webp = with_riff_chunk(&talkative_webp(), *b"HTML", script);
    for (name, bytes) in [
        ("tail", tail),
        ("comment", inside),
        ("gif", gif),
        ("webp", webp),
    ] {
        let taken = in_time(name, &bytes).unwrap();
        for copy in &taken.renditions {
            let holds = |words: &[u8]| copy.bytes.windows(words.len()).any(|at| at == words);
            assert!(!holds(b"<script>") && !holds(b"PK\x03\x04"), "{name}");
            if copy.name.format == RenditionFormat::Jpeg {
                assert!(copy.bytes.ends_with(&[0xFF, 0xD9]), "{name}");
            }
        }
    }
}

#[test]
fn sixteen_megabytes_of_metadata_and_directories_in_a_circle_cost_nothing() {
    let mut heavy = jpeg(&scene(400, 300));
    let mut segments = Vec::new();
    for _ in 0..250 {
        segments.extend([0xFF, 0xE1, 0xFF, 0xFF]);
        segments.extend(vec![b'x'; 65_533]);
    }
    heavy.splice(2..2, segments);
    assert!(heavy.len() > 16_000_000);
    assert!(in_time("heavy", &heavy).unwrap().metadata.is_empty());
    let circle = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08";
    let circle = with_segment(&jpeg(&scene(400, 300)), 0xE1, circle);
    assert_eq!(in_time("circle", &circle).unwrap().width, 400);
}

#[test]
fn what_is_cut_off_says_so_in_every_format() {
    for (name, format) in [
        ("JPEG", ImageFormat::Jpeg),
        ("PNG", ImageFormat::Png),
        ("WebP", ImageFormat::WebP),
        ("GIF", ImageFormat::Gif),
    ] {
        let bytes = saved(scene(300, 200), format);
        let cut = &bytes[..bytes.len() * 2 / 3];
        let wanted = format!("This {name} is damaged or cut off; save it anew.");
        assert_eq!(refusal(name, cut), wanted);
    }
}

#[test]
fn a_photo_that_says_to_be_larger_than_it_is_was_cut_off() {
    let mut bytes = jpeg(&scene(80, 60));
    let frame = bytes.windows(2).position(|two| two == [0xFF, 0xC0]);
    let frame = frame.unwrap();
    for side in [frame + 5, frame + 7] {
        bytes[side..side + 2].copy_from_slice(&4_000_u16.to_be_bytes());
    }
    let told = refusal("a small photo as a large one", &bytes);
    assert_eq!(told, "This JPEG is damaged or cut off; save it anew.");
    // Nothing is smaller than one colour, which still is a whole picture.
    let one_colour = ::image::RgbImage::new(1_000, 1_000);
    assert!(in_time("one colour", &jpeg(&one_colour)).is_ok());
}
