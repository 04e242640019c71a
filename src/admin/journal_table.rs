//! The journal as a table for spreadsheets: CSV, written while it is read, so of any length.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use futures_util::stream;

use super::journal::{filter, who};
use super::room_of;
use crate::clock::Clock;
use crate::newsroom::journal::sight;
use crate::newsroom::schedule::Day;
use crate::newsroom::settings::SettingChange;
use crate::storage::entries::{self, Filter, Place, Told};
use crate::storage::{ReadStore, ReadTx, StorageError, sessions};
use crate::web::problem::Answer;
use crate::web::{Problem, Query, Staff};

/// Entries that are read at a time. Entries are only ever added, so every one of the rest stands
/// where it stood.
const AT_A_TIME: i64 = 500;

/// Spreadsheet programs read a file as UTF-8 where it begins with this mark, and guess otherwise.
const BYTE_ORDER_MARK: &str = "\u{feff}";

const HEADERS: [&str; 13] = [
    "entry",
    "at (UTC)",
    "who",
    "did",
    "detail",
    "settings before and after",
    "item",
    "title",
    "picture",
    "file",
    "about",
    "session",
    "device",
];

pub(super) async fn download(
    staff: Staff,
    query: Query,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    let (sight, session) = (sight(staff.person.roles)?, staff.session);
    let fields = query.0;
    let (filter, zone) = read
        .read(move |tx| {
            let room = room_of(tx)?;
            Ok::<_, Problem>((filter(&fields, sight, &room), room.room.zone))
        })
        .await?;
    let today = Day::of(clock.now(), &zone).date();
    let head = format!("{BYTE_ORDER_MARK}{}", line(&HEADERS.map(str::to_owned))?);
    let beginning = Some((Some(head), None));
    let lines = stream::try_unfold(beginning, move |part| {
        let (read, filter) = (read.clone(), filter.clone());
        async move {
            let Some((head, before)) = part else {
                return Ok(None);
            };
            let (words, next) = read
                .read(move |tx| {
                    // Who was signed out while it came gets no more of it.
                    if !sessions::stands(tx, session)? {
                        return Err(StorageError::SignedOut.into());
                    }
                    lines(tx, &filter, before)
                })
                .await?;
            let bytes = Bytes::from(head.unwrap_or_default() + &words);
            Ok::<_, Problem>(Some((bytes, next.map(|place| (None, Some(place))))))
        }
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"journal-{today}.csv\""),
        ))
        .streaming(lines))
}

/// The next lines, and where the rest begins, if there is one.
fn lines(
    tx: &mut ReadTx<'_>,
    filter: &Filter,
    before: Option<Place>,
) -> Result<(String, Option<Place>), Problem> {
    let told = entries::newest(tx, filter, before, AT_A_TIME)?;
    let is_full = i64::try_from(told.len()).is_ok_and(|count| count == AT_A_TIME);
    let next = told.last().filter(|_| is_full).map(|last| last.place);
    let mut words = String::new();
    for entry in told {
        words.push_str(&line(&cells(entry))?);
    }
    Ok((words, next))
}

fn cells(entry: Told) -> [String; 13] {
    let who = who(&entry);
    let told = |one: &SettingChange| format!("{}: {} → {}", one.label(), one.before, one.after);
    let changes: Vec<String> = entry.changes.iter().map(told).collect();
    let changes = changes.join("\n");
    let (item, title) = numbered(entry.item.map(|(id, title)| (id.get(), title)));
    let (image, file) = numbered(entry.image.map(|(id, file)| (id.get(), file)));
    let (_, about) = numbered(entry.about.map(|(id, name)| (id.get(), name)));
    [
        entry.place.number.to_string(),
        entry.place.at.to_string(),
        who,
        entry.what,
        entry.detail,
        changes,
        item,
        title,
        image,
        file,
        about,
        entry
            .session
            .map_or_else(String::new, |number| number.to_string()),
        entry.device,
    ]
}

fn numbered(thing: Option<(i64, String)>) -> (String, String) {
    thing.map_or_else(Default::default, |(id, name)| (id.to_string(), name))
}

/// One line of RFC 4180.
fn line(cells: &[String]) -> Result<String, Problem> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer
        .write_record(cells.iter().map(|cell| harmless(cell)))
        .map_err(Problem::broken)?;
    let bytes = writer
        .into_inner()
        .map_err(|error| Problem::broken(error.into_error()))?;
    String::from_utf8(bytes).map_err(Problem::broken)
}

/// Spreadsheet programs reckon with a cell that begins like a formula (OWASP, CSV injection): an
/// apostrophe makes it text.
fn harmless(cell: &str) -> String {
    const FORMULAS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    if cell.starts_with(FORMULAS) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_looks_like_a_formula_is_text() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        assert_eq!(harmless("revision 3"), "revision 3");
        assert_eq!(
            harmless(" =1"),
            " =1",
            "a space before it makes it text already"
        );
    }

    #[test]
    fn a_line_quotes_what_it_must() {
        let cells = ["a", "b,c", "d \"e\"", "f\ng"].map(str::to_owned);
        let written = line(&cells).unwrap();
        assert_eq!(written, "a,\"b,c\",\"d \"\"e\"\"\",\"f\ng\"\r\n");
    }
}
