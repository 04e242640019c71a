//! A part of a pack, for a download that broke off.

use std::ops::Range;

use actix_web::web::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::sync::mpsc::Receiver;

use crate::web::Problem;

/// A pack on its way, part by part.
pub(super) type Parts = Receiver<Result<Bytes, Problem>>;

/// The bytes of that range; what stands before it is made and let go.
pub(super) fn within(
    parts: Parts,
    range: Range<usize>,
) -> impl Stream<Item = Result<Bytes, Problem>> {
    unfold((parts, range), |(mut parts, mut left)| async move {
        while !left.is_empty() {
            let mut bytes = match parts.recv().await? {
                Ok(bytes) => bytes,
                Err(fault) => return Some((Err(fault), (parts, 0..0))),
            };
            let before = left.start.min(bytes.len());
            let mut wanted = bytes.split_off(before);
            left = left.start - before..left.end - before;
            wanted.truncate(left.len());
            if !wanted.is_empty() {
                left.end -= wanted.len();
                return Some((Ok(wanted), (parts, left)));
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::{StreamExt, pin_mut};
    use tokio::sync::mpsc;

    #[actix_web::test]
    async fn every_range_of_every_cut_is_the_same_bytes() {
        let whole = b"a pack of news";
        for (start, end) in
            (0..=whole.len()).flat_map(|start| (start..=whole.len()).map(move |end| (start, end)))
        {
            let (outlet, parts) = mpsc::channel(20);
            for part in ["", "a p", "ack", " of new", "s", ""] {
                outlet.send(Ok(Bytes::from(part))).await.unwrap();
            }
            drop(outlet);
            let stream = within(parts, start..end);
            pin_mut!(stream);
            let mut came = Vec::new();
            while let Some(bytes) = stream.next().await {
                came.extend_from_slice(&bytes.unwrap());
            }
            assert_eq!(came, whole[start..end], "{start}..{end}");
        }
    }
}
