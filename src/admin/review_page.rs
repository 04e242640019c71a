//! The page of a review: the words as readers would get them, what was said about them, what can be done.

use askama::Template;

use super::view::{Chip, Choice, Field, FieldProblem, MoveButton, Names, buttons, chips, problems};
use super::{AdminFrame, Visit};
use crate::accounts::Person;
use crate::desk::publishing::Desk;
use crate::keys::new_key;
use crate::newsroom::{Approval, Change, Comment, Face, Move, Seen};
use crate::prose::dates::{self, DateWords};
use crate::prose::markdown::{self, Html};
use crate::public::view::{BodyImages, Gallery};
use crate::storage::room::Frame;
use crate::storage::{ReadTx, comments, people, reading};
use crate::web::{FieldErrors, Fields, Problem, paths};

#[derive(Template)]
#[template(path = "admin/review.html")]
pub(super) struct ReviewPage {
    frame: AdminFrame,
    back: String,
    heading: String,
    title: String,
    language: String,
    direction: String,
    summary: String,
    body: Html,
    has_notes: bool,
    notes: Html,
    preview: String,
    chips: Vec<Chip>,
    standing: Vec<String>,
    moves: Vec<MoveButton>,
    problems: Vec<FieldProblem>,
    comments: Vec<CommentView>,
    /// The revision that is read here.
    shown: String,
    /// None for whoever does not write.
    comment_action: Option<String>,
    comment: Field,
    passage: Field,
    form_key: String,
    assignment: Option<Assignment>,
}

/// What somebody said.
struct CommentView {
    number: String,
    by: String,
    at: DateWords,
    passage: String,
    words: String,
    /// Where it was said of an older text than the newest.
    revision: String,
    resolved: String,
    /// Where it can be resolved.
    action: Option<String>,
    form_key: String,
}

/// Who works on it, and by when.
struct Assignment {
    action: String,
    form_key: String,
    /// As it stands, so that nobody changes what they have not seen.
    seen_assignee: String,
    seen_due_on: String,
    assignees: Vec<Choice>,
    due_on: Field,
}

pub(super) fn review_page(
    tx: &mut ReadTx<'_>,
    (visit, room): (&Visit, &Frame),
    desk: &Desk,
    (fields, errors): (&Fields, &FieldErrors),
) -> Result<ReviewPage, Problem> {
    let names = Names::all(tx)?;
    let wording = &desk.head.wording;
    let around = reading::around(tx, &desk.head, visit.now)?;
    let images = BodyImages {
        images: &around.images,
        gallery: Gallery::Staff,
        published: room.room.zone.local(visit.now).date(),
        begin_the_page: true,
    };
    let said = comments::of_item(tx, desk.item)?;
    let may_write = visit.staff.person.roles.may_write();
    let mut moves = buttons(desk, visit);
    moves.retain(|button| button.href != paths::review(desk.item));
    Ok(ReviewPage {
        frame: visit.frame(room),
        back: paths::item(desk.item),
        heading: format!("Review of revision {}", desk.head.number),
        title: wording.title.as_str().to_owned(),
        language: wording.language.as_str().to_owned(),
        direction: wording.language.direction().to_owned(),
        summary: wording.summary.as_str().to_owned(),
        body: markdown::to_html_named("text", wording.body.as_str(), &images),
        has_notes: !wording.notes.is_empty(),
        notes: markdown::to_html_named("notes", wording.notes.as_str(), &images),
        preview: paths::preview(desk.item),
        chips: chips(&desk.lane, desk.draft_state(), visit.now),
        standing: standing(desk, &names, (room, visit)),
        moves,
        problems: problems(errors),
        comments: said
            .iter()
            .map(|comment| comment_view(comment, desk, (&names, may_write), room))
            .collect(),
        shown: desk.head.id.to_string(),
        comment_action: may_write.then(|| paths::comments(desk.item)),
        comment: Field::of("comment", fields, errors),
        passage: Field::of("passage", fields, errors),
        form_key: new_key(),
        assignment: assignment(desk, visit, &people::writers(tx)?, (fields, errors)),
    })
}

/// Who stands for these words, and what is missing.
pub(super) fn standing_of(
    tx: &mut ReadTx<'_>,
    desk: &Desk,
    room: (&Frame, &Visit),
) -> Result<Vec<String>, Problem> {
    Ok(standing(desk, &Names::all(tx)?, room))
}

fn standing(desk: &Desk, names: &Names, (room, visit): (&Frame, &Visit)) -> Vec<String> {
    let zone = &room.room.zone;
    let mut sentences = Vec::new();
    if let Some(approval) = &desk.approval
        && desk.draft_state().is_open()
        && (approval.counts_for(&desk.head) || !went_out(desk, approval))
    {
        let (who, when) = (
            names.of(approval.by),
            dates::staff_time(approval.at, zone).words,
        );
        sentences.push(if approval.counts_for(&desk.head) {
            format!("{who} approved exactly these words, {when}.")
        } else {
            format!(
                "{who} approved an earlier text, {when}. The words changed since, so that approval is void: ask again."
            )
        });
    }
    if let Some((id, by)) = desk.unsigned {
        let reason = desk.lane.find(id).and_then(|row| row.reason.as_ref());
        let reason = reason.map_or("", |reason| reason.as_str());
        sentences.push(format!(
            "{} published it urgently: “{reason}” Another editor has to sign it.",
            names.of(by)
        ));
    }
    if let Some(row) = desk.lane.at(visit.now)
        && row.seen == Seen::Alone
        && row.face == Face::Live
        && row.change != Change::Return
    {
        sentences.push(format!(
            "{} published what readers see now without a second pair of eyes.",
            names.of(row.by)
        ));
    }
    sentences
}

/// An approval of words that went out is done with: the draft that follows is new.
fn went_out(desk: &Desk, approval: &Approval) -> bool {
    let mut rows = desk.lane.rows().iter();
    rows.any(|row| row.seen == Seen::Approved(approval.id) && row.until != Some(row.from))
}

fn comment_view(
    comment: &Comment,
    desk: &Desk,
    (names, may_write): (&Names, bool),
    room: &Frame,
) -> CommentView {
    let zone = &room.room.zone;
    CommentView {
        number: comment.id.to_string(),
        by: names.of(comment.by),
        at: dates::staff_time(comment.at, zone),
        passage: comment.passage.as_str().to_owned(),
        words: comment.words.as_str().to_owned(),
        revision: if comment.revision == desk.head.id {
            String::new()
        } else {
            "about an earlier text".to_owned()
        },
        resolved: comment.resolved.map_or_else(String::new, |(by, at)| {
            format!(
                "Resolved by {}, {}",
                names.of(by),
                dates::staff_time(at, zone).words
            )
        }),
        action: (may_write && comment.resolved.is_none())
            .then(|| paths::resolution(comment.item, comment.id)),
        form_key: new_key(),
    }
}

/// Only an open draft is worked on, and only people who write can be asked to.
fn assignment(
    desk: &Desk,
    visit: &Visit,
    writers: &[Person],
    (fields, errors): (&Fields, &FieldErrors),
) -> Option<Assignment> {
    let draft = desk
        .draft
        .as_ref()
        .filter(|_| desk.draft_state().is_open() && visit.may_ever(Move::Save).is_ok())?;
    let seen_assignee = draft.assignee.map_or_else(String::new, |id| id.to_string());
    let seen_due_on = draft.due_on.map_or_else(String::new, |day| day.to_string());
    // What was typed stays, unless it was typed over what somebody else had chosen meanwhile.
    let typed = fields.has("assignee")
        && fields.get("seen_assignee") == seen_assignee
        && fields.get("seen_due_on") == seen_due_on;
    let chosen = if typed {
        fields.get("assignee").to_owned()
    } else {
        seen_assignee.clone()
    };
    let mut assignees = vec![Choice::new("", "Nobody in particular", &chosen)];
    assignees.extend(
        writers
            .iter()
            .map(|person| Choice::new(person.id.to_string(), person.name.as_str(), &chosen)),
    );
    let mut due_on = Field::of("due_on", fields, errors);
    if !typed {
        due_on.value.clone_from(&seen_due_on);
    }
    Some(Assignment {
        action: paths::assignment(desk.item),
        form_key: new_key(),
        seen_assignee,
        seen_due_on,
        assignees,
        due_on,
    })
}
