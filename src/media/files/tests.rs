//! Files as people send them, and as nobody should.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use lopdf::{Document, Object, SaveOptions, dictionary};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

mod inside;

/// A PDF of that many empty pages, with this in its catalogue.
fn pdf(pages: usize, more: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", page + 3)).collect();
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{more}>>"),
        format!("<</Type/Pages/Kids[{}]/Count {pages}>>", kids.join(" ")),
    ];
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>".to_owned();
    objects.extend(std::iter::repeat_n(page, pages));
    written(&objects, 1)
}

/// A PDF of these objects, the first of which has the number 1; that one is the catalogue.
fn written(objects: &[String], root: usize) -> Vec<u8> {
    let mut text = String::from("%PDF-1.5\n");
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(text.len());
        writeln!(text, "{} 0 obj\n{object}\nendobj", number + 1).unwrap();
    }
    let start = text.len();
    let size = places.len() + 1;
    writeln!(text, "xref\n0 {size}\n0000000000 65535 f ").unwrap();
    for place in &places {
        writeln!(text, "{place:010} 00000 n ").unwrap();
    }
    let trailer = format!("trailer\n<</Size {size}/Root {root} 0 R>>\nstartxref\n{start}\n%%EOF\n");
    (text + &trailer).into_bytes()
}

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    zip_of(&parts)
}

fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn error(name: &str, bytes: &[u8]) -> FileError {
    look_at(name, bytes).unwrap_err()
}

#[test]
fn a_pdf_tells_its_pages() {
    for pages in [1, 3, 240] {
        let taken = look_at("Report.PDF", &pdf(pages, "")).unwrap();
        assert_eq!(taken.format, FileFormat::Pdf);
        assert_eq!(taken.pages, u32::try_from(pages).ok());
        assert_eq!(taken.hash.len(), 64);
    }
}

#[test]
fn a_report_says_the_same_when_it_was_sent() {
    for bytes in [pdf(3, ""), pdf(1, "/OpenAction<</S/Launch>>"), pdf(0, "")] {
        let report = PdfReport::of(&bytes);
        let sent = report.sent();
        assert!(sent.len() <= PdfReport::LONGEST, "{sent}");
        assert_eq!(PdfReport::received(sent.as_bytes()), Some(report));
    }
    for other in [
        &b""[..],
        b"-1",
        b"3 pages",
        b"taken",
        b"\xff",
        b"99999999999",
    ] {
        assert_eq!(PdfReport::received(other), None);
    }
    let by_whom = look_at_with("a.pdf", &pdf(3, ""), &|_pdf| Err(FileError::Tangled));
    assert_eq!(by_whom, Err(FileError::Tangled));
}

#[test]
fn a_pdf_that_runs_something_is_refused() {
    for action in [
        "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
        "/OpenAction<</S/Launch/F(calc.exe)>>",
        "/AA<</O[<</S/Java#53cript/JS(1)>>]>>",
    ] {
        assert_eq!(error("a.pdf", &pdf(1, action)), FileError::Runs, "{action}");
    }
    let harmless = pdf(1, "/OpenAction<</S/GoTo/D[3 0 R/Fit]>>");
    assert!(look_at("a.pdf", &harmless).is_ok());
}

/// The same with its objects packed into streams, as programs have written them since PDF 1.5.
fn packed(plain: &[u8], change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut document = Document::load_mem(plain).unwrap();
    document.version = "1.5".to_owned();
    change(&mut document);
    let mut bytes = Vec::new();
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .build();
    document.save_with_options(&mut bytes, options).unwrap();
    bytes
}

fn hung(document: &mut Document, key: &str, object: impl Into<Object>) {
    let number = document.add_object(object);
    document.catalog_mut().unwrap().set(key, number);
}

/// These objects within one stream (ISO 32000-2, 7.5.7), packed; they are numbered from 2 on.
fn in_one_stream(objects: &[&str]) -> String {
    let (mut places, mut content) = (String::new(), String::new());
    for (number, object) in (2..).zip(objects) {
        write!(places, "{number} {} ", content.len()).unwrap();
        writeln!(content, "{object}").unwrap();
    }
    let (first, count) = (places.len(), objects.len());
    let content = places + &content;
    format!(
        "<</Type/ObjStm/N {count}/First {first}/Length {}>>\nstream\n{content}\nendstream",
        content.len()
    )
}

#[test]
fn what_is_packed_into_streams_is_read_as_well() {
    let pages = "<</Type/Pages/Kids[4 0 R]/Count 1>>";
    let page = "<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>";
    let with =
        |catalog: &str, more: &str| written(&[in_one_stream(&[catalog, pages, page, more])], 2);
    let plain = with("<</Type/Catalog/Pages 3 0 R>>", "null");
    assert_eq!(look_at("a.pdf", &plain).unwrap().pages, Some(1));
    let catalog = "<</Type/Catalog/Pages 3 0 R/OpenAction 5 0 R>>";
    let script = with(catalog, "<</S/JavaScript/JS(app.alert\\(1\\))>>");
    assert_eq!(error("a.pdf", &script), FileError::Runs);
    let harmless = with(catalog, "<</S/GoTo/D[4 0 R/Fit]>>");
    assert!(look_at("a.pdf", &harmless).is_ok());
}

#[test]
fn an_action_that_hides_is_found() {
    let named_elsewhere = packed(&pdf(1, ""), |document| {
        let name = document.add_object(Object::Name(b"JavaScript".to_vec()));
        hung(document, "OpenAction", dictionary! { "S" => name });
    });
    let rendition = packed(&pdf(1, ""), |document| {
        let script = Object::string_literal("app.alert(1)");
        hung(
            document,
            "OpenAction",
            dictionary! { "S" => "Rendition", "JS" => script },
        );
    });
    let form = packed(&pdf(1, ""), |document| {
        hung(
            document,
            "AcroForm",
            dictionary! { "XFA" => Object::Array(Vec::new()) },
        );
    });
    for bytes in [named_elsewhere, rendition, form] {
        assert_eq!(error("a.pdf", &bytes), FileError::Runs);
    }
    let harmless = packed(&pdf(1, ""), |document| {
        let name = document.add_object(Object::Name(b"GoTo".to_vec()));
        hung(document, "OpenAction", dictionary! { "S" => name });
    });
    assert!(look_at("a.pdf", &harmless).is_ok());
}

#[test]
fn a_pdf_that_reaches_out_by_itself_is_refused_and_one_with_links_is_not() {
    let opening = packed(&pdf(1, ""), |document| {
        let action =
            document.add_object(dictionary! { "S" => "SubmitForm", "F" => "https://a.example" });
        document
            .catalog_mut()
            .unwrap()
            .set("AA", dictionary! { "WC" => action });
    });
    assert_eq!(error("a.pdf", &opening), FileError::Runs);
    let link = packed(&pdf(1, ""), |document| {
        let action =
            dictionary! { "S" => "URI", "URI" => Object::string_literal("https://a.example") };
        hung(
            document,
            "Link",
            dictionary! { "Subtype" => "Link", "A" => action },
        );
    });
    assert!(look_at("a.pdf", &link).is_ok(), "nobody has to press it");
}

#[test]
fn a_damaged_pdf_and_one_without_pages_are_refused() {
    let broken = FileError::Broken { name: "PDF" };
    assert_eq!(error("a.pdf", b"%PDF-1.7\n"), broken);
    assert_eq!(error("a.pdf", &pdf(0, "")), broken);
}

#[test]
fn an_office_document_is_known_by_what_is_in_it() {
    for (part, name, format) in [
        ("word/document.xml", "a.docx", FileFormat::Docx),
        ("xl/workbook.xml", "a.xlsx", FileFormat::Xlsx),
        ("ppt/presentation.xml", "a.pptx", FileFormat::Pptx),
    ] {
        let bytes = zip(&[("[Content_Types].xml", "<Types/>"), (part, "<x/>")]);
        assert_eq!(look_at(name, &bytes).unwrap().format, format);
        let with_macros = zip(&[(part, "<x/>"), ("word/vbaProject.bin", "x")]);
        assert_eq!(error(name, &with_macros), FileError::Macros);
    }
    for format in [FileFormat::Odt, FileFormat::Ods, FileFormat::Odp] {
        let bytes = zip(&[("mimetype", format.mime()), ("content.xml", "<x/>")]);
        let name = format!("a.{}", format.ending());
        assert_eq!(look_at(&name, &bytes).unwrap().format, format);
        let with_macros = zip(&[("mimetype", format.mime()), ("Basic/Standard/A.xml", "x")]);
        assert_eq!(error(&name, &with_macros), FileError::Macros);
    }
    let archive = zip(&[("photos/a.jpg", "x")]);
    assert_eq!(error("a.docx", &archive), FileError::Unknown);
    let cut = archive.get(..20).unwrap();
    assert!(matches!(error("a.docx", cut), FileError::Broken { .. }));
}

#[test]
fn the_name_must_end_as_the_bytes_say() {
    let bytes = pdf(1, "");
    for name in ["report.docx", "report", "report.pdf.exe", "pdf"] {
        assert_eq!(error(name, &bytes), FileError::OtherEnding { ends: "pdf" });
    }
    assert_eq!(
        error("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        FileError::OldOffice
    );
    assert_eq!(error("a.exe", b"MZ\x90\0"), FileError::Unknown);
    assert_eq!(error("a.pdf", b""), FileError::Empty);
}

#[test]
fn texts_are_readable_and_no_pages() {
    let csv = "\u{feff}Place;Boats\r\nPort Sarrin;12\r\n".as_bytes();
    assert_eq!(look_at("boats.csv", csv).unwrap().format, FileFormat::Csv);
    let text = "مرحبا\n".as_bytes();
    assert_eq!(
        look_at("read me.txt", text).unwrap().format,
        FileFormat::Txt
    );
    assert_eq!(error("a.txt", b"caf\xe9"), FileError::NotUtf8);
    assert_eq!(error("a.txt", b"a\0b"), FileError::NotUtf8);
    for page in ["<html>", " \n<!DOCTYPE html>", "\u{feff}<svg onload=x>"] {
        assert_eq!(error("a.txt", page.as_bytes()), FileError::Markup);
        assert_eq!(error("a.html", page.as_bytes()), FileError::Unknown);
    }
}

#[test]
fn sizes_are_told_as_people_read_them() {
    let told =
        [1, 999_999, 1_000_000, 1_150_001, 40_000_000].map(|bytes| ByteCount(bytes).to_string());
    assert_eq!(told, ["1 kB", "1000 kB", "1.0 MB", "1.2 MB", "40.0 MB"]);
    assert_eq!(PageCount(1).to_string(), "1 page");
    assert_eq!(PageCount(24).to_string(), "24 pages");
}

proptest! {
    #[test]
    fn whatever_is_mangled_ends_in_an_answer(at in 0..600_usize, to: u8, cut in 0..700_usize) {
        let mut bytes = pdf(2, "/Names<</A[1 2]>>");
        if let Some(byte) = bytes.get_mut(at) {
            *byte = to;
        }
        bytes.truncate(cut.max(5));
        // A refusal or a file: nothing panics, nothing hangs.
        let _answer = look_at("a.pdf", &bytes);
    }
}
