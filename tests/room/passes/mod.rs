//! Embargo passes, from the form that gives one to the instant at which it leads to the public page.

#[cfg(test)]
mod given;
#[cfg(test)]
mod read;
#[cfg(test)]
mod shut;

#[cfg(test)]
use crate::support::{Browser, Room, Tab};

#[cfg(test)]
const LIVE_AT: &str = "2018-11-27T09:00:00Z";

/// Gives somebody of The Herald a pass through the pages; the address that it opens, in this room.
#[cfg(test)]
async fn given(room: &Room, editor: &Browser, holder: &str) -> String {
    let form = editor.open("/admin/items/1/pass").await;
    let form = form.fill("Journalist", holder).fill("Outlet", "The Herald");
    let list = form.press("Give the pass").await;
    handed(room, &list)
}

/// The address that the page shows this once.
#[cfg(test)]
fn handed(room: &Room, list: &Tab<'_>) -> String {
    let address = list.attr("#address", "value");
    let path = address.strip_prefix(&room.root);
    path.unwrap_or_else(|| panic!("no address: {}", list.text()))
        .to_owned()
}

/// A journalist who has accepted the terms.
#[cfg(test)]
async fn accepted(room: &Room, pass: &str) -> Browser {
    let reader = room.visitor();
    let terms = reader.open(pass).await;
    terms.press("I accept the terms").await;
    reader
}
