//! What is found inside documents: photos that tell too much, deeds on opening, bombs.

use std::io::{Cursor, Write as _};

use lopdf::{Dictionary, Object, Stream, dictionary};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

/// A photo whose file tells which camera took it.
fn telling_photo() -> Vec<u8> {
    b"\xFF\xD8\xFF\xE1\0\x40http://ns.adobe.com/xap/1.0/\0<x aux:SerialNumber='4711'/>\xFF\xD9"
        .to_vec()
}

/// Around a PDF's stream: where photos and words about them stand.
fn in_pdf(dict: Dictionary, content: &[u8], is_packed: bool) -> Vec<u8> {
    packed(&pdf(1, ""), |document| {
        let mut stream = Stream::new(dict, content.to_vec());
        if is_packed {
            let own = stream.dict.remove(b"Filter");
            stream.compress().unwrap();
            let flate = Object::Name(b"FlateDecode".to_vec());
            let filters: Vec<Object> = [Some(flate), own].into_iter().flatten().collect();
            stream.dict.set("Filter", filters);
        }
        hung(document, "Photo", stream);
    })
}

#[test]
fn a_photo_that_tells_about_its_camera_is_found_in_a_pdf() {
    let photo = telling_photo();
    let silent = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\xFF\xD9";
    let image =
        || dictionary! { "Type" => "XObject", "Subtype" => "Image", "Filter" => "DCTDecode" };
    let words = || dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Long enough that packing it saves something.
    let long = [&photo[..], &[b' '; 400]].concat();
    for (dict, content, is_packed) in [
        (image(), &photo, false),
        (image(), &long, true),
        (words(), &photo, false),
        (words(), &long, true),
        (dictionary! { "Type" => "EmbeddedFile" }, &long, true),
    ] {
        let bytes = in_pdf(dict.clone(), content, is_packed);
        assert_eq!(
            error("a.pdf", &bytes),
            FileError::Traces,
            "{dict:?} {is_packed}"
        );
    }
    assert!(look_at("a.pdf", &in_pdf(image(), silent, false)).is_ok());
}

#[test]
fn a_photo_between_the_words_of_a_page_is_looked_at() {
    let photo = telling_photo();
    let page = |filter: &str, photo: &[u8]| {
        let head = format!("q BI /W 1 /H 1 /CS /G /BPC 8 /F {filter} ID ");
        [head.as_bytes(), photo, b" EI Q", &[b' '; 400]].concat()
    };
    for is_packed in [false, true] {
        let at = |words: &[u8]| look_at("a.pdf", &in_pdf(Dictionary::new(), words, is_packed));
        assert_eq!(at(&page("/DCT", &photo)), Err(FileError::Traces));
        assert_eq!(at(&page("[/A85/DCT]", b"s4IA0~>")), Err(FileError::Tangled));
        assert!(at(&page("/DCT", b"\xFF\xD8\xFF\xD9")).is_ok());
    }
    let elsewhere = |words: &[u8]| {
        packed(&pdf(1, ""), |document| {
            let mut stream = Stream::new(Dictionary::new(), words.to_vec());
            stream.compress().unwrap();
            let filter = document.add_object(Object::Name(b"FlateDecode".to_vec()));
            stream.dict.set("Filter", filter);
            hung(document, "Photo", stream);
        })
    };
    let told = look_at("a.pdf", &elsewhere(&page("/DCT", &photo)));
    assert_eq!(told, Err(FileError::Traces));
    assert!(look_at("a.pdf", &elsewhere(&page("/Fl", &photo[4..8]))).is_ok());
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>";
    let tree = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    ];
    let without_length = "<<>>\nstream\nBT ET\nendstream";
    let objects = [tree[0], tree[1], page, without_length].map(str::to_owned);
    assert_eq!(error("a.pdf", &written(&objects, 1)), FileError::Tangled);
    let endless = in_pdf(Dictionary::new(), &vec![b' '; 100_000_001], true);
    assert_eq!(error("a.pdf", &endless), FileError::Tangled);
}

#[test]
fn a_photo_that_tells_about_its_camera_is_found_in_office_documents() {
    let photo = telling_photo();
    let document = ("word/document.xml", &b"<x/>"[..]);
    let inner = zip_of(&[document, ("word/media/image1.jpeg", &photo)]);
    for (name, other, content) in [
        ("a.docx", "word/document.xml", &photo),
        ("a.xlsx", "xl/workbook.xml", &photo),
        ("a.pptx", "ppt/presentation.xml", &inner),
    ] {
        let bytes = zip_of(&[(other, b"<x/>"), ("media/image1.bin", content)]);
        assert_eq!(error(name, &bytes), FileError::Traces, "{name}");
        let clean = zip_of(&[
            (other, b"<x>SerialNumber</x>"),
            ("a.jpeg", b"\xFF\xD8\xFF\xD9"),
        ]);
        assert!(look_at(name, &clean).is_ok(), "{name}");
    }
}

#[test]
fn a_document_that_fetches_something_or_hides_its_macros_is_refused() {
    let relation = |kind: &str, mode: &str| {
        format!(
            "<Relationships><Relationship Id=\"a\" Type=\"http://x/{kind}\" Target=\"http://a.example\" TargetMode=\"{mode}\"/></Relationships>"
        )
    };
    let with = |name: &str, list: &str| zip(&[("word/document.xml", "<x/>"), (name, list)]);
    let rels = "word/_rels/settings.xml.rels";
    for kind in ["attachedTemplate", "image"] {
        let fetching = with(rels, &relation(kind, "External"));
        assert_eq!(error("a.docx", &fetching), FileError::Fetches, "{kind}");
        assert!(look_at("a.docx", &with(rels, &relation(kind, "Internal"))).is_ok());
    }
    assert!(look_at("a.docx", &with(rels, &relation("hyperlink", "External"))).is_ok());
    let list =
        "<Override PartName=\"/word/x.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/>";
    assert_eq!(
        error("a.docx", &with("[Content_Types].xml", list)),
        FileError::Macros
    );
}

#[test]
fn documents_within_documents_end_somewhere_and_hold_no_endless_lists() {
    let document = ("word/document.xml", &b"<x/>"[..]);
    let within = |inner: &[u8]| zip_of(&[document, ("word/embeddings/a.docx", inner)]);
    let mut nested = zip_of(&[document]);
    for _ in 0..3 {
        nested = within(&nested);
        assert!(look_at("a.docx", &nested).is_ok());
    }
    let broken = FileError::Broken {
        name: "office document",
    };
    assert_eq!(error("a.docx", &within(&nested)), broken);
    let many = [&b"PK\x03\x04"[..], &b"PK\x01\x02".repeat(20_001)].concat();
    assert_eq!(error("a.docx", &within(&many)), broken);
}

#[test]
fn a_document_that_unpacks_to_more_than_it_should_is_refused() {
    let zeros = vec![0; 60_000_000];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for name in ["word/document.xml", "word/media/image1.png"] {
        zip.start_file(name, options).unwrap();
        zip.write_all(&zeros).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1_000_000);
    assert!(matches!(error("a.docx", &bytes), FileError::Broken { .. }));
}

#[test]
fn a_document_that_swells_and_one_that_was_cut_are_refused() {
    let mut bytes = zip(&[("word/document.xml", "<x/>")]);
    assert!(look_at("a.docx", &bytes).is_ok());
    let entry = bytes.windows(4).position(|four| four == b"PK\x01\x02");
    // Its length when unpacked (APPNOTE 4.3.12).
    let at = entry.unwrap() + 24;
    bytes[at..at + 4].copy_from_slice(&600_000_001_u32.to_le_bytes());
    assert_eq!(error("a.docx", &bytes), FileError::Swells);
    let whole = pdf(1, "");
    let cut = &whole[..whole.len() - 8];
    assert_eq!(error("a.pdf", cut), FileError::Broken { name: "PDF" });
}
