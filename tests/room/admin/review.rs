//! The draft lane as its people walk it: submit, ask for changes, approve, discard, bring back, sign.

use crate::support::{Browser, Room, Tab, release};

/// A room that lets nothing out before a second editor has read it, with one draft of the author's.
async fn careful_room() -> (Room, Browser) {
    let room = Room::open().await;
    let admin = room.admin().await;
    let settings = admin.open("/admin/settings").await;
    let saved = settings
        .choose("Second pair of eyes", "Required")
        .press("Save settings")
        .await;
    assert!(saved.has("Saved."));
    let author = drafted(&room).await;
    (room, author)
}

/// The author of the room's first item, a draft.
pub(super) async fn drafted(room: &Room) -> Browser {
    let author = room.author().await;
    let written = author
        .open("/admin/items/new")
        .await
        .fill("Title", "Ferry stops")
        .fill("Summary", "The ferry stops at noon.")
        .fill(
            "Body",
            "The *ferry* stops at noon, says the harbour master.",
        )
        .press("Save")
        .await;
    assert!(written.has("Saved."));
    author
}

pub(super) async fn item<'a>(browser: &'a Browser, below: &str) -> Tab<'a> {
    browser.open(&format!("/admin/items/1{below}")).await
}

pub(super) async fn step<'a>(browser: &'a Browser, below: &str, button: &str) -> Tab<'a> {
    item(browser, below).await.press(button).await
}

fn states(page: &Tab<'_>) -> Vec<String> {
    page.select(".state .chip")
}

#[actix_web::test]
async fn a_text_goes_from_its_author_through_two_editors_to_its_readers() {
    let (room, author) = careful_room().await;
    let (one, two) = (room.editor().await, room.second_editor().await);
    let submitted = step(&author, "/submission", "Submit for review").await;
    assert!(submitted.has("Submitted: it waits for an editor."));
    assert_eq!(states(&submitted), ["In review"]);

    let asked = item(&one, "/change-request").await;
    let empty = asked.press("Ask for changes").await;
    assert_eq!(empty.status, 422);
    assert!(
        empty
            .only("#problems a[href='#comment']")
            .contains("Say what should change.")
    );
    let asked = empty
        .fill("What should change", "Who is the harbour master?")
        .press("Ask for changes")
        .await;
    assert!(asked.has("Sent back with your comment."));
    let back = item(&author, "").await;
    assert_eq!(states(&back), ["Changes requested"]);
    let review = item(&author, "/review").await;
    assert!(review.has("Who is the harbour master?") && review.has("Eva"));

    let better = back.fill("Body", "The ferry stops at noon, says Ada Oak.");
    assert!(better.press("Save").await.has("Saved."));
    step(&author, "/submission", "Submit for review").await;
    let approved = step(&one, "/approval", "Approve").await;
    assert!(approved.has("Approved: exactly these words may go out."));
    assert!(approved.has("Eva approved exactly these words, 26 Nov 2018, 12:00"));
    let out = step(&two, "/publications", "Publish now").await;
    assert!(out.has("It is out"));
    assert!(room.page("/news/ferry-stops").await.has("Ada Oak"));
    assert!(!out.has("without a second pair of eyes"));
}

#[actix_web::test]
async fn one_more_saved_comma_voids_the_approval_and_the_page_says_so() {
    let (room, author) = careful_room().await;
    let editor = room.editor().await;
    step(&author, "/submission", "Submit for review").await;
    step(&editor, "/approval", "Approve").await;
    let publish = item(&editor, "/publications").await;
    let changed = item(&author, "")
        .await
        .fill("Summary", "The ferry stops, at noon.");
    let changed = changed.press("Save").await;
    assert_eq!(states(&changed), ["In review"]);
    assert!(changed.has("Eva approved an earlier text"));
    assert!(changed.has("that approval is void"));
    let late = publish.press("Publish now").await;
    assert_eq!(late.status, 409);
    assert!(late.has("Nobody else has approved these words yet."));
    assert_eq!(room.get("/news/ferry-stops").await.status, 404);
}

#[actix_web::test]
async fn nobody_approves_their_own_words() {
    let (room, author) = careful_room().await;
    let editor = room.editor().await;
    step(&author, "/submission", "Submit for review").await;
    let mine = item(&editor, "").await.fill("Summary", "My words.");
    mine.press("Save").await;
    let refused = editor.get("/admin/items/1/approval").await;
    assert_eq!(refused.status, 409);
    assert!(refused.has("You wrote the newest words yourself"));
    let second = room.second_editor().await;
    let approved = step(&second, "/approval", "Approve").await;
    assert_eq!(states(&approved), ["Approved"]);
}

#[actix_web::test]
async fn what_cannot_wait_goes_out_with_a_reason_and_stays_flagged_until_somebody_else_signs() {
    let (room, _author) = careful_room().await;
    let (one, two) = (room.editor().await, room.second_editor().await);
    let urgent = item(&one, "/urgent-publication").await;
    let without = urgent.press("Publish urgently").await;
    assert_eq!(without.status, 422);
    assert!(
        without
            .only("#problems a[href='#reason']")
            .contains("Say why it cannot wait")
    );
    let out = without.fill("Why it cannot wait", "A life hangs on it.");
    let out = out.press("Publish urgently").await;
    assert!(room.page("/news/ferry-stops").await.has("Ferry stops"));
    assert!(out.has("Eva published it urgently: “A life hangs on it.”"));
    assert_eq!(one.get("/admin/items/1/signature").await.status, 409);
    assert!(two.get("/admin").await.has("Ferry stops"));
    let sign = item(&two, "/signature").await;
    assert!(sign.has("A life hangs on it."));
    let signed = sign.press("Sign").await;
    assert!(signed.has("Signed: the flag is gone."));
    assert!(!signed.has("urgently"));
    let page = room.page("/news/ferry-stops").await;
    assert!(
        !page.source().contains("A life hangs on it."),
        "a reason is the staff’s"
    );
}

#[actix_web::test]
async fn where_the_room_only_advises_an_editor_publishes_alone_and_that_is_recorded() {
    let room = Room::open().await;
    room.has(release("Ferry stops")).await;
    let editor = room.editor().await;
    let out = step(&editor, "/publications", "Publish now").await;
    assert!(out.has("Eva published what readers see now without a second pair of eyes."));
    assert_eq!(
        editor.get("/admin/items/1/urgent-publication").await.status,
        409
    );
}

#[actix_web::test]
async fn a_discarded_draft_leaves_everybodys_work_and_comes_back_whole() {
    let (room, author) = careful_room().await;
    let discarded = step(&author, "/draft/end", "Discard the draft").await;
    assert_eq!(states(&discarded), ["Discarded"]);
    assert!(!author.get("/admin").await.has("Ferry stops"));
    assert!(
        author
            .get("/admin/items?state=discarded")
            .await
            .has("Ferry stops")
    );
    let editor = room.editor().await;
    assert_eq!(editor.get("/admin/items/1/publications").await.status, 409);
    let back = step(&author, "/draft/return", "Bring the draft back").await;
    assert_eq!(states(&back), ["Draft"]);
    assert!(author.get("/admin").await.has("Ferry stops"));
}

#[actix_web::test]
async fn a_draft_beside_live_words_is_discarded_and_work_goes_on_from_what_readers_see() {
    let room = Room::open().await;
    let live = release("Ferry stops").summary("As it is.");
    let number = room.has(live.live_at("2018-11-20T09:00:00Z")).await;
    room.save(
        number,
        release("Ferry stops").summary("As it will never be."),
    )
    .await;
    let editor = room.editor().await;
    let mut discarded = step(&editor, "/draft/end", "Discard the draft").await;
    assert_eq!(discarded.filled("Summary"), "As it is.");
    assert!(room.page("/news/ferry-stops").await.has("As it is."));
    let mut back = step(&editor, "/draft/return", "Bring the draft back").await;
    assert_eq!(back.filled("Summary"), "As it will never be.");
    step(&editor, "/draft/end", "Discard the draft").await;
    let anew = item(&editor, "").await.fill("Summary", "Something else.");
    let anew = anew.press("Save").await;
    assert_eq!(states(&anew), ["Live", "Draft"]);
    assert_eq!(editor.get("/admin/items/1/draft/return").await.status, 409);
}

#[actix_web::test]
async fn what_is_missing_is_told_before_an_editor_is_troubled() {
    let room = Room::open().await;
    room.has(release("Ferry stops").summary("")).await;
    let author = room.author().await;
    let refused = step(&author, "/submission", "Submit for review").await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("Write the summary"));
    assert_eq!(states(&item(&author, "").await), ["Draft"]);
}

#[actix_web::test]
async fn comments_stand_beside_the_text_until_they_are_resolved() {
    let (room, author) = careful_room().await;
    let editor = room.editor().await;
    let hostile = "<script>alert(1)</script> & \"why\"?";
    let said = item(&editor, "/review")
        .await
        .fill("Comment", hostile)
        .fill("Passage", "the harbour master")
        .press("Comment")
        .await;
    assert!(said.has("Your comment stands beside the text."));
    assert_eq!(said.only(".comments .words"), hostile);
    assert_eq!(said.only(".comments blockquote"), "the harbour master");
    assert!(item(&author, "").await.has("Review, 1 comment"));
    let empty = said.fill("Comment", " ").press("Comment").await;
    assert_eq!(empty.status, 422);
    let resolved = item(&author, "/review")
        .await
        .press("Resolve comment 1")
        .await;
    assert!(resolved.has("Resolved by Anna"));
    assert!(!item(&author, "").await.has("1 comment"));
}

#[actix_web::test]
async fn a_draft_is_given_to_somebody_by_a_day() {
    let (room, _author) = careful_room().await;
    let editor = room.editor().await;
    let wrong = item(&editor, "/review").await.fill("Due", "soon");
    let wrong = wrong.press("Save who works on it").await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong
            .only("#problems a[href='#due_on']")
            .contains("Write the date")
    );
    let given = wrong.choose("Assigned to", "Edo").fill("Due", "2018-12-01");
    let mut given = given.press("Save who works on it").await;
    assert_eq!(given.only("#assignee option[selected]"), "Edo");
    assert_eq!(given.filled("Due"), "2018-12-01");
    let work = room.second_editor().await.get("/admin").await;
    assert!(work.has("For Edo"));
    assert!(work.has("Due 1 Dec 2018"));
}

#[actix_web::test]
async fn a_schedule_moves_to_another_time_without_another_review() {
    let (room, author) = careful_room().await;
    let editor = room.editor().await;
    step(&author, "/submission", "Submit for review").await;
    step(&editor, "/approval", "Approve").await;
    let schedule = item(&editor, "/schedule").await;
    let schedule = schedule.fill("Date", "2018-11-27").fill("Time", "09:00");
    assert!(
        schedule
            .press("Continue")
            .await
            .press("Schedule")
            .await
            .has("Scheduled")
    );
    let change = item(&editor, "/schedule/change").await;
    let past = change.fill("Date", "2018-11-01").fill("Time", "09:00");
    let past = past.press("Continue").await;
    assert_eq!(past.status, 422);
    let later = past.fill("Date", "2018-11-28").fill("Time", "10:30");
    assert!(
        later
            .press("Continue")
            .await
            .press("Change the time")
            .await
            .has("It goes out at the new time.")
    );
    for (instant, status) in [
        ("2018-11-27T09:00:00.000Z", 404),
        ("2018-11-28T10:29:59.999Z", 404),
        ("2018-11-28T10:30:00.000Z", 200),
    ] {
        room.clock.set(instant);
        assert_eq!(
            room.get("/news/ferry-stops").await.status,
            status,
            "{instant}"
        );
    }
    let page = room.page("/news/ferry-stops").await;
    assert!(page.has("28 November 2018"), "{}", page.text());
}

#[actix_web::test]
async fn an_objection_or_a_discarded_draft_ends_the_approval_of_the_same_words() {
    let (room, author) = careful_room().await;
    let (one, two) = (room.editor().await, room.second_editor().await);
    step(&author, "/submission", "Submit for review").await;
    step(&one, "/approval", "Approve").await;
    let asked = item(&two, "/change-request").await;
    let asked = asked.fill("What should change", "Is that so?");
    assert!(asked.press("Ask for changes").await.has("Sent back"));
    let again = step(&author, "/submission", "Submit for review").await;
    assert_eq!(states(&again), ["In review"]);
    assert_eq!(one.get("/admin/items/1/publications").await.status, 409);
    assert!(one.open("/admin").await.has("Ferry stops"));
    assert_eq!(
        one.open("/admin/items?state=in-review")
            .await
            .select("table.items .chip"),
        ["In review"]
    );

    step(&one, "/approval", "Approve").await;
    step(&author, "/draft/end", "Discard the draft").await;
    step(&author, "/draft/return", "Bring the draft back").await;
    let again = step(&author, "/submission", "Submit for review").await;
    assert_eq!(states(&again), ["In review"]);
}

#[actix_web::test]
async fn a_signature_stands_for_what_was_read_and_not_for_what_followed() {
    let (room, author) = careful_room().await;
    let (one, two) = (room.editor().await, room.second_editor().await);
    let urgent = item(&one, "/urgent-publication").await;
    let urgent = urgent.fill("Why it cannot wait", "People are in danger.");
    assert!(urgent.press("Publish urgently").await.has("It is out"));
    let read = item(&two, "/signature").await;
    let more = item(&author, "")
        .await
        .fill("Summary", "The ferry stops at one.");
    assert!(more.press("Save").await.has("Saved."));
    let urgent = item(&one, "/urgent-publication").await;
    let urgent = urgent
        .choose("What kind of change is it?", "Correction")
        .fill("Public note", "It is at one.")
        .fill("Why it cannot wait", "People are in danger.");
    assert!(urgent.press("Publish urgently").await.has("It is out"));
    assert_eq!(read.pressed("Sign").await.status, 409);
    assert!(two.open("/admin").await.has("Ferry stops"));
    let signed = step(&two, "/signature", "Sign").await;
    assert!(signed.has("Signed"), "{}", signed.text());
}
