//! What is read out of files, by hand-made ones, old ones and mangled ones.

use std::fmt::Write;
use std::time::{Duration, Instant};

use encoding_rs::MACINTOSH;
use proptest::prelude::*;

use super::*;
use crate::media::samples::{
    jpeg, scene, talkative_gif, talkative_jpeg, talkative_png, talkative_webp, with_chunk,
    with_riff_chunk, with_segment,
};

fn dataset(record: u8, number: u8, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).unwrap().to_be_bytes();
    [&[0x1C, record, number], &length[..], value].concat()
}

fn resource(number: u16, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let pad = vec![0; content.len() % 2];
    [
        b"8BIM",
        &number.to_be_bytes()[..],
        &[0, 0],
        &length,
        content,
        &pad,
    ]
    .concat()
}

fn with_photoshop(jpeg: &[u8], resources: &[u8]) -> Vec<u8> {
    with_segment(jpeg, 0xED, &[b"Photoshop 3.0\0", resources].concat())
}

fn with_iptc(jpeg: &[u8], iptc: &[u8]) -> Vec<u8> {
    with_photoshop(jpeg, &resource(0x0404, iptc))
}

fn with_xmp(jpeg: &[u8], inside: &str) -> Vec<u8> {
    let name = b"http://ns.adobe.com/xap/1.0/\0";
    with_segment(jpeg, 0xE1, &[&name[..], packet(inside).as_bytes()].concat())
}

fn packet(inside: &str) -> String {
    format!(
        r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="{}" xmlns:ps="{}" xmlns:r="{}" xmlns:core="{}" xmlns:ext="{}" {inside}</rdf:Description></rdf:RDF></x:xmpmeta>"#,
        "http://purl.org/dc/elements/1.1/",
        "http://ns.adobe.com/photoshop/1.0/",
        "http://ns.adobe.com/xap/1.0/rights/",
        "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
        "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    )
}

/// One text in the first directory of a TIFF.
fn tiff(tag: u16, text: &str) -> Vec<u8> {
    let count = u32::try_from(text.len() + 1).unwrap().to_be_bytes();
    let entry = [&tag.to_be_bytes()[..], &[0, 2], &count, &[0, 0, 0, 26]].concat();
    [
        b"MM\0*\0\0\0\x08\0\x01",
        &entry[..],
        &[0; 4],
        text.as_bytes(),
        &[0],
    ]
    .concat()
}

fn with_tiff(jpeg: &[u8], tiff: &[u8]) -> Vec<u8> {
    with_segment(jpeg, 0xE1, &[b"Exif\0\0", tiff].concat())
}

fn photo() -> Vec<u8> {
    jpeg(&scene(40, 30))
}

/// The words of a fact, with the block that they stand in.
fn said(metadata: &Metadata, fact: Fact) -> Option<(String, &'static str)> {
    metadata
        .of(fact)
        .map(|found| (found.text(), found.block.name()))
}

fn of_jpeg(bytes: &[u8], fact: Fact) -> Option<(String, &'static str)> {
    said(&read(bytes, OriginalFormat::Jpeg), fact)
}

const WHOLE_PACKET: &str = r#"ps:City="Sarrin" ps:Country='Velmara &amp; islands'>
    <dc:description><rdf:Alt><rdf:li xml:lang="fr">Le port</rdf:li><rdf:li xml:lang="x-default">The &lt;old&gt; port&#233;</rdf:li></rdf:Alt></dc:description>
    <ps:Headline>Port</ps:Headline><ps:Credit>Quay News</ps:Credit><ps:Source>Quay</ps:Source>
    <ps:Instructions>No crops</ps:Instructions><ps:DateCreated>2018-11-16T08:30:00+07:00</ps:DateCreated>
    <dc:creator><rdf:Seq><rdf:li>Ann Osei</rdf:li><rdf:li>Bo Lind</rdf:li></rdf:Seq></dc:creator>
    <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Quay</rdf:li></rdf:Alt></dc:rights>
    <r:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">With credit</rdf:li></rdf:Alt></r:UsageTerms>
    <dc:subject><rdf:Bag><rdf:li>boat</rdf:li><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>
    <ext:PersonInImage><rdf:Bag><rdf:li>Mara Vell</rdf:li></rdf:Bag></ext:PersonInImage>
    <core:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A boat at a quay</rdf:li></rdf:Alt></core:AltTextAccessibility>
    <core:ExtDescrAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Three men lift a crate.</rdf:li></rdf:Alt></core:ExtDescrAccessibility>"#;

#[test]
fn xmp_says_everything_that_is_asked_for() {
    let metadata = read(&with_xmp(&photo(), WHOLE_PACKET), OriginalFormat::Jpeg);
    let wanted = [
        "Port",
        "The <old> porté",
        "A boat at a quay",
        "Three men lift a crate.",
        "Ann Osei, Bo Lind",
        "Quay News",
        "Quay",
        "© Quay",
        "With credit",
        "No crops",
        "2018-11-16",
        "Sarrin",
        "Velmara & islands",
        "Mara Vell",
        "boat, sea",
    ];
    let all: Vec<_> = metadata
        .iter()
        .map(|found| (found.fact, found.text()))
        .collect();
    let wanted = wanted.map(str::to_owned);
    assert_eq!(all, Fact::ALL.into_iter().zip(wanted).collect::<Vec<_>>());
}

#[test]
fn the_same_packet_is_read_in_every_format() {
    let xmp = packet(WHOLE_PACKET);
    let wanted = Some(("The <old> porté".to_owned(), "XMP"));
    let text = [b"XML:com.adobe.xmp\0\0\0\0\0", xmp.as_bytes()].concat();
    let png = with_chunk(&talkative_png(), *b"iTXt", &text);
    assert_eq!(
        said(&read(&png, OriginalFormat::Png), Fact::Description),
        wanted
    );
    let webp = with_riff_chunk(&talkative_webp(), *b"XMP ", xmp.as_bytes());
    assert_eq!(
        said(&read(&webp, OriginalFormat::Webp), Fact::Description),
        wanted
    );
    assert!(read(&talkative_gif(), OriginalFormat::Gif).is_empty());
}

#[test]
fn iptc_says_it_in_whatever_encoding_it_was_written() {
    let caption = "Núñez’s café à Paris";
    let (old, ..) = MACINTOSH.encode(caption);
    let plain = [
        dataset(2, 120, &old),
        dataset(2, 25, b"sea"),
        dataset(2, 25, b"boat"),
    ]
    .concat();
    let bytes = with_iptc(&photo(), &plain);
    assert_eq!(
        of_jpeg(&bytes, Fact::Description),
        Some((caption.to_owned(), "IPTC"))
    );
    assert_eq!(
        of_jpeg(&bytes, Fact::Keywords),
        Some(("sea, boat".to_owned(), "IPTC"))
    );
    let declared = [dataset(1, 90, b"\x1B.A"), dataset(2, 90, b"\x8Eabljak")].concat();
    let city = of_jpeg(&with_iptc(&photo(), &declared), Fact::City);
    assert_eq!(city, Some(("Žabljak".to_owned(), "IPTC")));
}

#[test]
fn iptc_that_is_divided_over_two_segments_is_read_whole() {
    let iptc = dataset(2, 120, &[b'x'; 1000]);
    let resources = [resource(0x03ED, b"odd"), resource(0x0404, &iptc)].concat();
    let (first, second) = resources.split_at(500);
    let bytes = with_photoshop(&with_photoshop(&photo(), second), first);
    assert_eq!(of_jpeg(&bytes, Fact::Description).unwrap().0.len(), 1000);
}

#[test]
fn of_several_blocks_the_one_is_believed_that_the_guidelines_name() {
    let iptc = [
        dataset(2, 120, b"by IPTC"),
        dataset(2, 105, b"head by IPTC"),
    ]
    .concat();
    let xmp = "><dc:description>by XMP</dc:description><ps:Headline>head by XMP</ps:Headline>";
    let both = with_xmp(&with_iptc(&photo(), &iptc), xmp);
    assert_eq!(of_jpeg(&both, Fact::Description).unwrap().0, "by XMP");
    let changed = [resource(0x0404, &iptc), resource(0x0425, &[7; 16])].concat();
    let changed = with_xmp(&with_photoshop(&photo(), &changed), xmp);
    assert_eq!(of_jpeg(&changed, Fact::Description).unwrap().0, "by IPTC");
    let all = with_tiff(&changed, &tiff(0x010E, "by EXIF"));
    assert_eq!(
        of_jpeg(&all, Fact::Description),
        Some(("by EXIF".to_owned(), "EXIF"))
    );
    assert_eq!(of_jpeg(&all, Fact::Headline).unwrap().0, "head by IPTC");
}

#[test]
fn what_cameras_write_by_themselves_describes_nothing() {
    let camera = with_tiff(&photo(), &tiff(0x010E, "OLYMPUS DIGITAL CAMERA         "));
    assert_eq!(of_jpeg(&camera, Fact::Description), None);
    let blank = with_tiff(&photo(), &tiff(0x010E, "      "));
    assert_eq!(of_jpeg(&blank, Fact::Description), None);
}

#[test]
fn words_of_a_structure_inside_a_property_are_not_taken_for_words_of_the_photo() {
    let xmp = r#"><ps:History><rdf:Seq><rdf:li rdf:parseType="Resource"><dc:description>an edit</dc:description></rdf:li></rdf:Seq></ps:History>"#;
    assert!(read(&with_xmp(&photo(), xmp), OriginalFormat::Jpeg).is_empty());
}

#[test]
fn entities_are_not_expanded_and_deep_packets_end() {
    let bomb = format!(
        "<!DOCTYPE x [<!ENTITY a \"{}\"><!ENTITY b \"&a;&a;\">]>{}",
        "ha".repeat(500),
        packet("><dc:description>a&b;b</dc:description>")
    );
    let name = b"http://ns.adobe.com/xap/1.0/\0";
    let bytes = with_segment(&photo(), 0xE1, &[&name[..], bomb.as_bytes()].concat());
    assert_eq!(of_jpeg(&bytes, Fact::Description).unwrap().0, "ab");
    let deep = packet(&format!("><dc:description>{}", "<a>".repeat(5_000)));
    assert!(xmp::read(deep.as_bytes()).is_empty());
}

/// A directory whose next one is itself, and whose EXIF directory is itself too.
#[test]
fn directories_in_a_circle_end() {
    let circle = b"MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08".to_vec();
    let began = Instant::now();
    assert!(of_jpeg(&with_tiff(&photo(), &circle), Fact::Creator).is_none());
    assert!(began.elapsed() < Duration::from_secs(1));
}

#[test]
fn sixteen_megabytes_of_metadata_are_not_read() {
    let huge = vec![b' '; 16_000_000];
    let packet = packet(WHOLE_PACKET);
    let text = [b"XML:com.adobe.xmp\0\0\0\0\0", packet.as_bytes(), &huge].concat();
    let png = with_chunk(&talkative_png(), *b"iTXt", &text);
    let mut jpeg = photo();
    for _ in 0..250 {
        let resources = [b"Photoshop 3.0\0", &huge[..64_000]].concat();
        jpeg = with_segment(&jpeg, 0xED, &resources);
    }
    // Only reading counts, not the making of such files.
    let began = Instant::now();
    assert!(said(&read(&png, OriginalFormat::Png), Fact::Headline).is_none());
    assert!(read(&jpeg, OriginalFormat::Jpeg).is_empty());
    assert!(began.elapsed() < Duration::from_secs(2));
}

/// A packet that binds one prefix after the other and asks for each of them.
#[test]
fn a_packet_of_names_ends_in_time() {
    let mut names = String::new();
    for number in 0..15_000 {
        write!(names, "<a{number} xmlns:b{number}='c'>").unwrap();
    }
    let began = Instant::now();
    assert!(xmp::read(packet(&format!(">{names}")).as_bytes()).is_empty());
    let wide: String = (0..9_000)
        .map(|number| format!(" xmlns:b{number}='c'"))
        .collect::<Vec<_>>()
        .concat();
    assert!(xmp::read(packet(&format!("{wide}>{}", "<z/>".repeat(40_000))).as_bytes()).is_empty());
    assert!(
        began.elapsed() < Duration::from_secs(2),
        "{:?}",
        began.elapsed()
    );
}

fn speaking_jpeg() -> Vec<u8> {
    let iptc = [
        dataset(1, 90, b"\x1B%G"),
        dataset(2, 120, "Café".as_bytes()),
    ]
    .concat();
    let jpeg = with_tiff(&with_iptc(&photo(), &iptc), &tiff(0x010E, "by EXIF"));
    with_xmp(&jpeg, WHOLE_PACKET)
}

proptest! {
    #[test]
    fn random_blocks_upset_no_reader(bytes: Vec<u8>) {
        exif::read(&bytes);
        iim::read(&[&[0x1C, 2, 120][..], &bytes].concat());
        xmp::read(packet(&String::from_utf8_lossy(&bytes)).as_bytes());
        xmp::read(&bytes);
    }

    #[test]
    fn mangled_files_upset_no_reader(
        kind in 0_usize..4,
        changes in prop::collection::vec(any::<(prop::sample::Index, u8)>(), 0..12),
        keep in any::<prop::sample::Index>(),
    ) {
        let (mut bytes, format) = match kind {
            0 => (speaking_jpeg(), OriginalFormat::Jpeg),
            1 => (talkative_jpeg(), OriginalFormat::Jpeg),
            2 => (talkative_png(), OriginalFormat::Png),
            _ => (talkative_webp(), OriginalFormat::Webp),
        };
        for (at, value) in changes {
            // The words stand in front of the pixels.
            let at = at.index(bytes.len().min(4_000));
            bytes[at] = value;
        }
        bytes.truncate(keep.index(bytes.len()) + 1);
        for found in read(&bytes, format).iter() {
            prop_assert!(!found.words.is_empty() && found.words.len() <= MOST_VALUES);
            prop_assert!(found.words.iter().all(|words| words.chars().count() <= LONGEST));
        }
    }
}
