//! How each answer begins that we write ourselves: its status and the date.

use std::cell::RefCell;

use actix_http::StatusCode;
use jiff::fmt::rfc2822::DateTimePrinter;

use crate::clock::Instant;

thread_local! {
    /// The second that was last, and how it is written (RFC 9110, 5.6.7).
    static DATE: RefCell<(i64, String)> = const { RefCell::new((i64::MIN, String::new())) };
}

/// The status line and the date, which is written once a second.
pub(in crate::web) fn first_lines(status: StatusCode, now: Instant) -> Vec<u8> {
    const MILLIS: i64 = 1_000;
    let reason = status.canonical_reason().unwrap_or_default();
    DATE.with_borrow_mut(|(second, date)| {
        if *second != now.millis() / MILLIS {
            *second = now.millis() / MILLIS;
            *date = DateTimePrinter::new()
                .timestamp_to_rfc9110_string(&now.timestamp())
                .unwrap_or_default();
        }
        [
            "HTTP/1.1 ",
            status.as_str(),
            " ",
            reason,
            "\r\ndate: ",
            date,
            "\r\n",
        ]
        .concat()
        .into_bytes()
    })
}
