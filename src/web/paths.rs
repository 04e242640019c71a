//! Every address of the program, as functions.

pub use super::card_paths::*;
pub use super::file_paths::*;
pub use super::picture_paths::*;
pub use super::word_paths::*;
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::media::CopyName;
use crate::newsroom::{AddressSecret, CommentId, ItemId, MailId, PassId, SubjectFamily};

pub const FRONT: &str = "/";
pub const FEED: &str = "/feed.atom";
pub const SIGN_IN: &str = "/admin/sign-in";
/// Where whoever gave the password is asked for the second factor.
pub const SECOND_FACTOR: &str = "/admin/sign-in/factor";
/// Where its passkey is sent.
pub const SECOND_PASSKEY: &str = "/admin/sign-in/factor/passkey";
/// Where a passkey is sent that opens the door alone.
pub const SIGN_IN_PASSKEY: &str = "/admin/sign-in/passkey";
pub const SIGN_OUT: &str = "/admin/sign-out";
pub const SET_UP: &str = "/admin/set-up";
/// Asking for a link to set a new password with.
pub const FORGOTTEN_PASSWORD: &str = "/admin/forgotten-password";
/// Below it, whoever knows an address sets a password.
pub const SET_PASSWORD: &str = "/admin/set-password/";
pub const MY_WORK: &str = "/admin";
pub const ITEMS: &str = "/admin/items";
pub const NEW_ITEM: &str = "/admin/items/new";
pub const MAILS: &str = "/admin/mails";
pub const SETTINGS: &str = "/admin/settings";
/// The front page as the settings' form would have it.
pub const SETTINGS_PREVIEW: &str = "/admin/settings/preview";
pub const PEOPLE: &str = "/admin/people";
pub const NEW_PERSON: &str = "/admin/people/new";
/// Who needs a second factor, and who has one.
pub const FACTOR_RULE: &str = "/admin/people/factors";
/// One's own name, mail address, password and sessions.
pub const ACCOUNT: &str = "/admin/account";
/// One's own second factors.
pub const FACTORS: &str = "/admin/account/factors";
/// Setting up an app that shows codes.
pub const APP_SET_UP: &str = "/admin/account/factors/app";
/// Where the first code of an app is sent.
pub const APP_CODE: &str = "/admin/account/factors/app/code";
/// Everything that has some words, for staff.
pub const SEARCH: &str = "/admin/search";
/// Below it, a copy of the readers' side for staff.
pub const READERS: &str = "/admin/readers";
pub const TIME_TRAVEL: &str = "/admin/time-travel";
pub const LEAKS: &str = "/admin/leaks";
pub const HOLD: &str = "/admin/hold";
pub const CALENDAR: &str = "/admin/calendar";
/// Making the address that a calendar program reads.
pub const CALENDAR_ADDRESS: &str = "/admin/calendar/address";
/// Where the page of the calendar tells of one's own address.
pub const CALENDAR_ADDRESS_SHOWN: &str = "/admin/calendar#feed";
pub const CALENDAR_ADDRESS_END: &str = "/admin/calendar/address/end";

/// Whether the process answers, and whether its database does: for whoever runs the room.
pub const HEALTH: &str = "/healthz";
pub const READY: &str = "/readyz";
/// Disk, copies, versions and slow pages, for admins.
pub const OPERATION: &str = "/admin/operation";

/// Below them, whoever knows an address may open it.
pub const PASSES: &str = "/passes/";
pub const CALENDARS: &str = "/calendars/";

/// Whether somebody who is not signed in may send a form there.
pub fn is_door(path: &str) -> bool {
    const DOORS: [&str; 7] = [
        SIGN_IN,
        SIGN_IN_PASSKEY,
        SECOND_FACTOR,
        SECOND_PASSKEY,
        APP_CODE,
        SET_UP,
        FORGOTTEN_PASSWORD,
    ];
    DOORS.contains(&path) || path.starts_with(SET_PASSWORD)
}

/// An address of the readers' side at an instant, for editors.
pub fn time_travel(at: Instant, address: &str) -> String {
    format!("{TIME_TRAVEL}/{at}{address}")
}

/// The copy of one address of the readers' side.
pub fn copy_for_staff(address: &str) -> String {
    format!("{READERS}{address}")
}

/// Whether what stands at this path may depend on who asks. No page for readers spells its first
/// part with a percent sign, but `/%61dmin` leads to staff's.
pub fn is_private(path: &str) -> bool {
    let first = path.trim_start_matches('/').split('/').next();
    let private = |first: &str| {
        matches!(
            first,
            "admin" | "passes" | "calendars" | "healthz" | "readyz"
        )
    };
    first.is_some_and(|first| private(first) || first.contains('%'))
}

/// Whether an answer is too large to be held in memory beside pages.
pub fn is_large(path: &str) -> bool {
    let is_file = |path: &str| {
        path.strip_prefix(FILES)
            .is_some_and(|name| !name.contains('/'))
    };
    let ends = ["/pack.zip", "/paper.pdf", "/full.jpg"];
    ends.iter().any(|end| path.ends_with(end)) || is_file(path)
}

/// `/news/verdict-in-paris/pack.zip`: for journalists.
pub fn pack(slug: &str) -> String {
    format!("/news/{slug}/pack.zip")
}

/// `/news/verdict-in-paris/paper.pdf`: for whoever prints it.
pub fn paper(slug: &str) -> String {
    format!("/news/{slug}/paper.pdf")
}

/// `/news/verdict-in-paris`
pub fn news(slug: &str) -> String {
    format!("/news/{slug}")
}

/// `/news/verdict-in-paris/history`: what changed at that address.
pub fn news_history(slug: &str) -> String {
    format!("/news/{slug}/history")
}

/// `/pages/imprint`: a page of plain text.
pub fn text_page(slug: &str) -> String {
    format!("/pages/{slug}")
}

/// `/press-releases`
pub fn kind(slug: &str) -> String {
    format!("/{slug}")
}

/// `/topics/refugees` or `/places/velmara`
pub fn subject(family: SubjectFamily, slug: &str) -> String {
    match family {
        SubjectFamily::Topic => format!("/topics/{slug}"),
        SubjectFamily::Place => format!("/places/{slug}"),
    }
}

/// `/images/{hash}/960.jpg`
pub fn rendition(hash: &str, name: CopyName) -> String {
    format!("/images/{hash}/{name}")
}

/// `/images/{hash}/full.jpg`: for journalists, with its words in the file.
pub fn full_size(hash: &str) -> String {
    format!("/images/{hash}/full.jpg")
}

pub fn item(id: ItemId) -> String {
    format!("/admin/items/{id}")
}

/// Where the words of an item's form are kept while somebody types; of a new item, without a number.
pub fn autosave(id: Option<ItemId>) -> String {
    let page = id.map_or_else(|| NEW_ITEM.to_owned(), item);
    format!("{page}/autosave")
}

/// `/admin/autosaves/3/end`: throws away what was typed and not saved.
pub fn discard_autosave(number: i64) -> String {
    format!("/admin/autosaves/{number}/end")
}

pub fn preview(id: ItemId) -> String {
    format!("/admin/items/{id}/preview")
}

/// What happened to the item so far.
pub fn item_history(id: ItemId) -> String {
    format!("/admin/items/{id}/history")
}

/// What changed between two of its revisions; which ones, the query says.
pub fn item_changes(id: ItemId) -> String {
    format!("/admin/items/{id}/history/changes")
}

/// Bringing back the words of an older revision.
pub fn revision_return(id: ItemId) -> String {
    format!("/admin/items/{id}/revision/return")
}

/// Publishing now, also as a change to live words.
pub fn publications(id: ItemId) -> String {
    format!("/admin/items/{id}/publications")
}

/// Publishing later.
pub fn schedule(id: ItemId) -> String {
    format!("/admin/items/{id}/schedule")
}

/// Taking a scheduled publication back.
pub fn schedule_end(id: ItemId) -> String {
    format!("/admin/items/{id}/schedule/end")
}

/// Moving a scheduled publication to another instant.
pub fn schedule_change(id: ItemId) -> String {
    format!("/admin/items/{id}/schedule/change")
}

/// Publishing now, before a second editor has read it.
pub fn urgent_publication(id: ItemId) -> String {
    format!("/admin/items/{id}/urgent-publication")
}

/// What staff say about the draft, and who works on it.
pub fn review(id: ItemId) -> String {
    format!("/admin/items/{id}/review")
}

pub fn comments(id: ItemId) -> String {
    format!("/admin/items/{id}/comments")
}

pub fn resolution(id: ItemId, comment: CommentId) -> String {
    format!("/admin/items/{id}/comments/{comment}/resolution")
}

/// Who works on the draft, and by when.
pub fn assignment(id: ItemId) -> String {
    format!("/admin/items/{id}/assignment")
}

pub fn submission(id: ItemId) -> String {
    format!("/admin/items/{id}/submission")
}

/// Sending the draft back with what should change.
pub fn change_request(id: ItemId) -> String {
    format!("/admin/items/{id}/change-request")
}

pub fn approval(id: ItemId) -> String {
    format!("/admin/items/{id}/approval")
}

/// Signing what went out urgently.
pub fn signature(id: ItemId) -> String {
    format!("/admin/items/{id}/signature")
}

/// Discarding the draft.
pub fn draft_end(id: ItemId) -> String {
    format!("/admin/items/{id}/draft/end")
}

/// Bringing a discarded draft back.
pub fn draft_return(id: ItemId) -> String {
    format!("/admin/items/{id}/draft/return")
}

pub fn withdrawal(id: ItemId) -> String {
    format!("/admin/items/{id}/withdrawal")
}

pub fn removal(id: ItemId) -> String {
    format!("/admin/items/{id}/removal")
}

pub fn restoration(id: ItemId) -> String {
    format!("/admin/items/{id}/restoration")
}

/// The passes to an item, for staff.
pub fn passes(id: ItemId) -> String {
    format!("/admin/items/{id}/passes")
}

/// Giving a pass.
pub fn new_pass(id: ItemId) -> String {
    format!("/admin/items/{id}/pass")
}

/// Revoking a pass; which one, the form says.
pub fn pass_end(id: ItemId) -> String {
    format!("/admin/items/{id}/pass/end")
}

/// The same, with this one chosen.
pub fn pass_end_of(id: ItemId, pass: PassId) -> String {
    with_query(&pass_end(id), &[("pass", &pass.to_string())])
}

/// What a journalist opens.
pub fn pass(secret: &AddressSecret) -> String {
    format!("{PASSES}{}", secret.as_str())
}

/// Accepting the terms of a pass.
pub fn pass_acceptance(secret: &AddressSecret) -> String {
    format!("{PASSES}{}/acceptance", secret.as_str())
}

/// What a calendar program reads.
pub fn calendar_feed(secret: &AddressSecret) -> String {
    format!("{CALENDARS}{}", secret.as_str())
}

/// `/passes/{secret}/images/{hash}/960.jpg`
pub fn pass_rendition(secret: &AddressSecret, hash: &str, name: CopyName) -> String {
    format!("{}{}", pass(secret), rendition(hash, name))
}

/// Whoever opens it sets the password of the account that it was made for.
pub fn set_password(secret: &AddressSecret) -> String {
    format!("{SET_PASSWORD}{}", secret.as_str())
}

pub fn person(id: PersonId) -> String {
    format!("{PEOPLE}/{id}")
}

/// Another try at a mail that failed.
pub fn mail_tries(id: MailId) -> String {
    format!("/admin/mails/{id}/tries")
}

/// Sign-in that leads back to a page of ours afterwards.
pub fn sign_in_then(page: &str) -> String {
    with_query(SIGN_IN, &[("next", page)])
}

/// An address with a query; empty values are left out.
pub fn with_query(address: &str, pairs: &[(&str, &str)]) -> String {
    let query: String = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs.iter().filter(|(_, value)| !value.is_empty()))
        .finish();
    if query.is_empty() {
        address.to_owned()
    } else {
        format!("{address}?{query}")
    }
}

/// Whether an address is a page of the admin, so that sign-in may lead there.
pub fn is_admin_page(address: &str) -> bool {
    let plain = |sign: char| sign.is_ascii_graphic() && sign != '\\';
    address.chars().all(plain)
        && !address.contains("//")
        && (address == MY_WORK || address.starts_with("/admin/") || address.starts_with("/admin?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_in_leads_only_to_pages_of_ours() {
        for ours in ["/admin", "/admin/items/7", "/admin?x=1"] {
            assert!(is_admin_page(ours), "{ours}");
        }
        for others in [
            "//evil.example",
            "https://evil.example",
            "/administer",
            "/admin/\\evil",
            "/admin//x",
            "/admin/\u{1}",
            "/admin/\t",
            "/admin/é",
        ] {
            assert!(!is_admin_page(others), "{others}");
        }
    }

    #[test]
    fn an_address_leaves_empty_values_out_and_escapes_the_rest() {
        assert_eq!(with_query("/x", &[("a", ""), ("b", "c&d")]), "/x?b=c%26d");
    }
}
