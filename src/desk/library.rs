//! The library: into the trash and out of it, and several pictures at once, each told by itself.

use super::collections::{self, Chosen, Turn};
use super::pictures;
use super::several::{Outcome, own_key};
use super::writing::Sent;
use super::{Changed, Done, Failure};
use crate::accounts::{Person, PersonId, Roles};
use crate::clock::Instant;
use crate::media::image::Words;
use crate::media::{Caption, Credit, ImageId, LastDay, Terms, Territory};
use crate::newsroom::Refusal;
use crate::newsroom::collection::CollectionId;
use crate::newsroom::item::words_of;
use crate::newsroom::library::{self as rules, Reach, Standing};
use crate::storage::images::LibraryImage;
use crate::storage::journal::{self, Entry};
use crate::storage::{ReadTx, StorageError, WriteTx, forms, images, trash, uses};

/// An image with what decides about it.
pub(super) fn standing(
    tx: &mut ReadTx<'_>,
    image: ImageId,
    now: Instant,
) -> Result<(LibraryImage, Standing), Failure> {
    let known = images::find(tx, image)?.ok_or(Refusal::NoSuchImage)?;
    let standing = Standing {
        in_trash: known.trashed_at.is_some(),
        is_shown: uses::is_shown(tx, image)?,
        reach: reach(tx, image, now)?,
    };
    Ok((known, standing))
}

fn reach(tx: &mut ReadTx<'_>, image: ImageId, now: Instant) -> Result<Reach, Failure> {
    Ok(if images::is_or_will_be_public(tx, image, now)? {
        Reach::Readers
    } else if uses::is_approved(tx, image)? {
        Reach::Approved
    } else if uses::may_return(tx, image, now)? {
        Reach::Returning
    } else {
        Reach::Nobody
    })
}

/// Why these people may not do this with an image now; nothing where they may.
pub fn refused(
    tx: &mut ReadTx<'_>,
    (image, now): (ImageId, Instant),
    (deed, roles): (Deed, Roles),
) -> Result<Option<Refusal>, Failure> {
    let (_, standing) = standing(tx, image, now)?;
    let allowed = match deed {
        Deed::Describe | Deed::License => rules::change(roles, standing),
        Deed::Trash => rules::put_in_trash(roles, standing),
        Deed::Restore => rules::take_out_of_trash(roles, standing),
        // Collections are everybody's who writes.
        Deed::Collect | Deed::TakeOut => Ok(()),
    };
    Ok(allowed.err())
}

/// Puts an image that nothing uses into the trash.
pub fn put_in_trash(
    tx: &mut WriteTx<'_>,
    image: ImageId,
    sent: &Sent<'_>,
    person: &Person,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let (_, standing) = standing(tx, image, sent.now)?;
    rules::put_in_trash(person.roles, standing)?;
    trash::put_in(tx, image, (person.id, sent.now))?;
    settle(tx, ("put into the trash", image), sent, person.id)
}

/// Takes an image out of the trash, as it was.
pub fn take_out_of_trash(
    tx: &mut WriteTx<'_>,
    image: ImageId,
    sent: &Sent<'_>,
    person: &Person,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let (_, standing) = standing(tx, image, sent.now)?;
    rules::take_out_of_trash(person.roles, standing)?;
    trash::take_out(tx, image)?;
    settle(tx, ("taken out of the trash", image), sent, person.id)
}

fn settle(
    tx: &mut WriteTx<'_>,
    (what, image): (&'static str, ImageId),
    sent: &Sent<'_>,
    by: PersonId,
) -> Result<Done<()>, Failure> {
    journal::note(tx, Some(by), &Entry::of_image(what, image), sent.now)?;
    forms::remember(tx, sent.form_key, &image.to_string(), sent.now)?;
    Ok(Done::Now(()))
}

/// Empties one image out of the trash that has been there long enough; nothing where there is none.
pub fn empty_one(tx: &mut WriteTx<'_>, now: Instant) -> Result<Option<ImageId>, StorageError> {
    let Some(image) = trash::oldest(tx, rules::emptied_from(now))? else {
        return Ok(None);
    };
    trash::empty(tx, image, now)?;
    let entry = Entry::of_image("emptied out of the trash", image);
    journal::note(tx, None, &entry, now)?;
    Ok(Some(image))
}

/// What is done with each of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Describe,
    License,
    Collect,
    TakeOut,
    Trash,
    Restore,
}

words_of!(Deed, "deed with pictures", {
    Describe => "describe",
    License => "licence",
    Collect => "collect",
    TakeOut => "take-out",
    Trash => "trash",
    Restore => "restore",
});

/// Words, licence and collection for several images; what nobody wrote leaves each as it is.
#[derive(Clone, Debug, Default)]
pub struct Further {
    pub caption: Option<Caption>,
    pub credit: Option<Credit>,
    pub terms: Option<Terms>,
    pub territory: Option<Territory>,
    pub end: End,
    pub into: Option<Chosen>,
    pub out_of: Option<CollectionId>,
    /// Also where there are others.
    pub replaces: bool,
}

/// What becomes of the end of a licence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    #[default]
    AsItIs,
    /// It ends no more, also where it had a last day.
    Never,
    After(LastDay),
}

/// An image, with the fingerprint of the words that its page showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aim {
    pub image: ImageId,
    pub shown: String,
}

/// Does it with one of the images, by the same rules as on the image's own page.
pub fn with_one(
    tx: &mut WriteTx<'_>,
    aim: &Aim,
    (deed, further): (Deed, &Further),
    sent: &Sent<'_>,
    person: &Person,
) -> Result<Outcome, Failure> {
    let key = own_key(sent.form_key, aim.image.get());
    let sent = Sent {
        form_key: &key,
        now: sent.now,
    };
    let _done: Done<()> = match deed {
        Deed::Describe | Deed::License => return describe(tx, aim, further, &sent, person),
        Deed::Collect => {
            let into = further.into.as_ref().ok_or(Refusal::NoSuchCollection)?;
            return collections::turn(tx, aim.image, &Turn::Into(into), &sent, person);
        }
        Deed::TakeOut => {
            let from = further.out_of.ok_or(Refusal::NoSuchCollection)?;
            return collections::turn(tx, aim.image, &Turn::OutOf(from), &sent, person);
        }
        Deed::Trash => put_in_trash(tx, aim.image, &sent, person)?,
        Deed::Restore => take_out_of_trash(tx, aim.image, &sent, person)?,
    };
    Ok(Outcome::Done)
}

fn describe(
    tx: &mut WriteTx<'_>,
    aim: &Aim,
    further: &Further,
    sent: &Sent<'_>,
    person: &Person,
) -> Result<Outcome, Failure> {
    if forms::answer(tx, sent.form_key)?.is_some() {
        return Ok(Outcome::Done);
    }
    let before = images::find(tx, aim.image)?.ok_or(Refusal::NoSuchImage)?;
    let before = before.words()?;
    let words = with(&before, further);
    if words == before {
        return Ok(Outcome::NothingToDo);
    }
    if before.fingerprint() != aim.shown {
        return Err(Refusal::PictureMovedOn.into());
    }
    match pictures::describe(tx, aim.image, (&aim.shown, &words), sent, person)? {
        Done::Now(Changed::Kept) | Done::Before(_) => Ok(Outcome::Done),
        Done::Now(Changed::Conflict) => Err(Refusal::PictureMovedOn.into()),
    }
}

fn with(before: &Words, further: &Further) -> Words {
    let mut words = before.clone();
    let all = further.replaces;
    let licence = &mut words.licence;
    fill(
        &mut words.caption,
        further.caption.as_ref(),
        all,
        Caption::is_empty,
    );
    fill(
        &mut words.credit,
        further.credit.as_ref(),
        all,
        Credit::is_empty,
    );
    fill(
        &mut words.terms,
        further.terms.as_ref(),
        all,
        Terms::is_empty,
    );
    fill(
        &mut licence.territory,
        further.territory.as_ref(),
        all,
        Territory::is_empty,
    );
    licence.last_day = match further.end {
        End::AsItIs => licence.last_day,
        End::Never => None,
        End::After(day) => licence.last_day.filter(|_| !all).or(Some(day)),
    };
    words
}

/// Writes what is new where nothing is, or everywhere.
fn fill<T: Clone>(field: &mut T, new: Option<&T>, everywhere: bool, is_empty: fn(&T) -> bool) {
    if let Some(new) = new
        && (everywhere || is_empty(field))
    {
        field.clone_from(new);
    }
}
