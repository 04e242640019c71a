//! Embargo passes: one journalist reads one scheduled item before its instant, on terms.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use super::item::{ItemId, id, words_of};
use super::mail::{MailWords, isolated};
use super::publication::{Lane, Publication};
use super::refusal::Refusal;
use super::situation::Passes;
use super::words::{Holder, Outlet, PassTerms};
use crate::accounts::{Email, PersonId, PersonName};
use crate::clock::Instant;

id!(
    /// The number of a pass.
    PassId
);

/// What stands in the terms until an editor writes others.
pub const USUAL_TERMS: &str = "You may read this news before the embargo ends, prepare your report, and ask us about it.\nUntil the embargo ends, publish nothing of it, and show it to nobody who does not work on your report.\nThis pass is yours alone: give its address to nobody else.";
/// A pass that nobody needs any more should not lie around.
pub const LONGEST_MILLIS: i64 = 60 * 24 * 60 * 60 * 1000;

/// Who shall read early, until when, on which terms.
#[derive(Clone, Debug)]
pub struct NewPass {
    pub holder: Holder,
    pub outlet: Outlet,
    pub mail: Option<Email>,
    pub terms: PassTerms,
    pub expires_at: Instant,
}

/// A pass that was given.
#[derive(Clone, Debug)]
pub struct Pass {
    pub id: PassId,
    pub item: ItemId,
    pub words: NewPass,
    pub given_by: PersonId,
    pub given_at: Instant,
    pub accepted_at: Option<Instant>,
    pub revoked: Option<(PersonId, Instant)>,
}

/// What was done with a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Opened,
    Accepted,
    Picture,
    File,
}

words_of!(Deed, "deed", {
    Opened => "opened",
    Accepted => "accepted",
    Picture => "picture",
    File => "file",
});

/// What a pass opens at an instant.
#[derive(Clone, Copy, Debug)]
pub enum Standing<'a> {
    /// The words of this publication, which is to come.
    Open(&'a Publication),
    /// The same, once the terms are accepted.
    TermsFirst(&'a Publication),
    /// Nothing is scheduled now; it may be again.
    OnHold,
    /// Readers see something of the item: so does the holder, and nothing else.
    Ended(&'a Publication),
    Expired,
    Revoked,
}

impl Standing<'_> {
    /// Whether it can never open anything again.
    pub fn is_over(self) -> bool {
        match self {
            Self::Open(_) | Self::TermsFirst(_) | Self::OnHold => false,
            Self::Ended(_) | Self::Expired | Self::Revoked => true,
        }
    }
}

impl Pass {
    /// The one rule of what a pass opens. What is public comes first, because everybody may see it.
    pub fn standing<'a>(&self, lane: &'a Lane, now: Instant) -> Standing<'a> {
        if let Some(public) = lane.at(now) {
            return Standing::Ended(public);
        }
        if self.revoked.is_some() {
            return Standing::Revoked;
        }
        if self.words.expires_at <= now {
            return Standing::Expired;
        }
        match (lane.scheduled(now), self.accepted_at) {
            (None, _) => Standing::OnHold,
            (Some(to_come), None) => Standing::TermsFirst(to_come),
            (Some(to_come), Some(_)) => Standing::Open(to_come),
        }
    }

    fn is_for(&self, holder: &Holder, outlet: &Outlet) -> bool {
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        same(self.words.holder.as_str(), holder.as_str())
            && same(self.words.outlet.as_str(), outlet.as_str())
    }
}

/// Whether there is a pass that opens something or may do so again.
pub fn any_stands(passes: &[Pass], lane: &Lane, now: Instant) -> Passes {
    let mut all = passes.iter();
    if all.any(|pass| !pass.standing(lane, now).is_over()) {
        Passes::SomeStand
    } else {
        Passes::NoneStands
    }
}

/// Whether this pass may be given beside those that there are: one for a person, and not for ever.
pub fn may_be_given(
    new: &NewPass,
    passes: &[Pass],
    lane: &Lane,
    now: Instant,
) -> Result<(), Refusal> {
    if new.expires_at <= now {
        return Err(Refusal::InThePast);
    }
    if new.expires_at > now.plus_millis(LONGEST_MILLIS) {
        return Err(Refusal::PassTooLong);
    }
    let has_one = passes
        .iter()
        .any(|pass| pass.is_for(&new.holder, &new.outlet) && !pass.standing(lane, now).is_over());
    if has_one {
        return Err(Refusal::HasAPass);
    }
    Ok(())
}

/// Names that a pass was given, for the outbox.
pub fn given_event(id: PassId) -> String {
    format!("pass-given/pass-{id}")
}

/// What a mail says of the time where nothing is scheduled.
pub const ON_HOLD: &str = "Under embargo: no time is set at present. Publish nothing before the pass or the newsroom names one.";

/// All that the mail says below the link: when, and the terms.
pub fn mail_lines(new: &NewPass, lines: &[String]) -> Vec<String> {
    let mut further = lines.to_vec();
    further.push("The terms, which you accept on the page before you read:".to_owned());
    further.extend(new.terms.as_str().lines().map(str::to_owned));
    further.push(
        "If the time is moved, the page says so. Nobody but you should have this link.".to_owned(),
    );
    further
}

/// What the journalist is told by mail. No word of the item: the terms come first. `lines` are the
/// embargo and the end of the pass, on every clock of the room.
pub fn mail_words(by: &PersonName, room: &str, new: &NewPass, lines: &[String]) -> MailWords {
    let (holder, outlet) = (isolated(new.holder.as_str()), isolated(new.outlet.as_str()));
    MailWords {
        subject: format!("Under embargo: a pass from {room}"),
        sentence: format!(
            "{} gives {holder} of {outlet} a pass to read news of {} before everybody else.",
            isolated(by.as_str()),
            isolated(room)
        ),
        about: None,
        link: String::new(),
        link_words: "Open your pass".to_owned(),
        further: mail_lines(new, lines),
        link_is_secret: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::newsroom::{Change, Face, KindId, PublicationId, RevisionId, Seen};

    fn row(from: i64, until: Option<i64>) -> Publication {
        Publication {
            id: PublicationId::new(from),
            revision: RevisionId::new(from),
            face: Face::Live,
            from: Instant::from_millis(from),
            until: until.map(Instant::from_millis),
            published_at: Instant::from_millis(from),
            updated_at: None,
            change: Change::First,
            kind: KindId::new(1),
            public_note: None,
            reason: None,
            seen: Seen::Alone,
            by: PersonId::new(1),
            made_at: Instant::from_millis(0),
            moved_to: None,
            slug: "ferry".to_owned(),
        }
    }

    fn wish(name: &str, expires_at: i64) -> NewPass {
        NewPass {
            holder: name.parse().unwrap(),
            outlet: "The Herald".parse().unwrap(),
            mail: None,
            terms: USUAL_TERMS.parse().unwrap(),
            expires_at: Instant::from_millis(expires_at),
        }
    }

    fn pass(accepted: bool, revoked: bool) -> Pass {
        let then = Instant::from_millis(5);
        Pass {
            id: PassId::new(1),
            item: ItemId::new(1),
            words: wish("Ann Lee", 100),
            given_by: PersonId::new(1),
            given_at: Instant::from_millis(1),
            accepted_at: accepted.then_some(then),
            revoked: revoked.then_some((PersonId::new(1), then)),
        }
    }

    fn said(pass: &Pass, rows: Vec<Publication>, now: i64) -> String {
        match pass.standing(&Lane::new(rows), Instant::from_millis(now)) {
            Standing::Open(row) => format!("open {}", row.from.millis()),
            Standing::TermsFirst(row) => format!("terms {}", row.from.millis()),
            Standing::OnHold => "on hold".to_owned(),
            Standing::Ended(row) => format!("ended {}", row.face.as_str()),
            Standing::Expired => "expired".to_owned(),
            Standing::Revoked => "revoked".to_owned(),
        }
    }

    #[test]
    fn what_a_pass_opens_follows_the_publications_of_its_item() {
        let to_come = || vec![row(50, None)];
        let taken_back = || vec![row(50, Some(50))];
        let moved = || vec![row(50, Some(50)), row(80, None)];
        let gone = || {
            let gone = Publication {
                face: Face::Gone,
                ..row(60, None)
            };
            vec![row(50, Some(60)), gone]
        };
        let (new, read, revoked) = (pass(false, false), pass(true, false), pass(true, true));
        for (pass, rows, now, expected) in [
            (&new, to_come(), 10, "terms 50"),
            (&read, to_come(), 49, "open 50"),
            (&read, to_come(), 50, "ended live"),
            (&revoked, to_come(), 49, "revoked"),
            (&revoked, to_come(), 50, "ended live"),
            (&read, taken_back(), 49, "on hold"),
            (&read, taken_back(), 60, "on hold"),
            (&read, taken_back(), 100, "expired"),
            (&revoked, taken_back(), 10, "revoked"),
            (&read, moved(), 60, "open 80"),
            (&new, moved(), 60, "terms 80"),
            (&read, moved(), 80, "ended live"),
            (&read, vec![row(200, None)], 99, "open 200"),
            (&read, vec![row(200, None)], 100, "expired"),
            (&read, vec![row(200, None)], 200, "ended live"),
            (&read, gone(), 60, "ended gone"),
            (&read, Vec::new(), 10, "on hold"),
        ] {
            assert_eq!(said(pass, rows, now), expected, "at {now}");
        }
    }

    #[test]
    fn a_pass_is_for_one_person_and_not_for_ever() {
        let (lane, now) = (Lane::new(vec![row(50, None)]), Instant::from_millis(10));
        let given = |new: &NewPass, there: Pass| may_be_given(new, &[there], &lane, now);
        let (stands, over) = (pass(true, false), pass(true, true));
        assert_eq!(
            given(&wish("ANN LEE", 50), stands.clone()),
            Err(Refusal::HasAPass)
        );
        assert_eq!(given(&wish("ANN LEE", 50), over), Ok(()));
        assert_eq!(given(&wish("Bo Lee", 50), stands.clone()), Ok(()));
        assert_eq!(
            given(&wish("Bo Lee", 10), stands.clone()),
            Err(Refusal::InThePast)
        );
        let last = 10 + LONGEST_MILLIS;
        assert_eq!(given(&wish("Bo Lee", last), stands.clone()), Ok(()));
        assert_eq!(
            given(&wish("Bo Lee", last + 1), stands),
            Err(Refusal::PassTooLong)
        );
    }

    #[test]
    fn the_mail_tells_terms_and_lines_and_ends_every_name_where_it_ends() {
        let by: PersonName = "Eva".parse().unwrap();
        let words = mail_words(&by, "Quay", &wish("Ann Lee", 50), &["A line.".to_owned()]);
        assert!(
            words
                .sentence
                .contains("\u{2068}Ann Lee\u{2069} of \u{2068}The Herald\u{2069}")
        );
        assert_eq!(words.further.first().map(String::as_str), Some("A line."));
        assert!(
            words
                .further
                .iter()
                .any(|line| line.contains("publish nothing of it"))
        );
        assert!(words.link_is_secret && words.about.is_none());
    }
}
