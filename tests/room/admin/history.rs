//! An item's past as staff read it, what changed between two revisions, and old words brought back.

use dateline::newsroom::Change;

use crate::support::{Browser, Room, Tab, release};

async fn opened<'a>(browser: &'a Browser, below: &str) -> Tab<'a> {
    browser.open(&format!("/admin/items/1{below}")).await
}

/// Newest first: who did what.
fn deeds(page: &Tab<'_>) -> Vec<String> {
    page.select(".timeline > li > p:first-child")
}

fn put_in(page: &Tab<'_>) -> Vec<String> {
    marked(page, "ins", "[put in: ")
}

fn taken_out(page: &Tab<'_>) -> Vec<String> {
    marked(page, "del", "[taken out: ")
}

/// Every mark says in words what it is.
fn marked(page: &Tab<'_>, tag: &str, says: &str) -> Vec<String> {
    let marks = page.select(tag).into_iter();
    let inside = |mark: String| {
        let words = mark.strip_prefix(says.trim_end()).unwrap();
        words.strip_suffix(']').unwrap().trim().to_owned()
    };
    marks.map(inside).collect()
}

#[actix_web::test]
async fn the_history_tells_everything_that_happened_in_one_order() {
    let room = Room::open().await;
    room.has(release("Ferry stops")).await;
    let (author, editor) = (room.author().await, room.editor().await);
    let first = opened(&author, "/history").await;
    assert_eq!(deeds(&first), ["Eva saved revision 1"]);
    assert!(first.has("There is one revision so far."));
    assert_eq!(first.count("select"), 0);
    room.clock.pass(60_000);
    let changed = opened(&author, "").await.fill("Summary", "It stops.");
    changed.press("Save").await;
    room.clock.pass(60_000);
    opened(&author, "/submission")
        .await
        .press("Submit for review")
        .await;
    room.clock.pass(60_000);
    let said = opened(&author, "/review").await;
    let said = said.fill("Comment", "Why <noon>?").fill("Passage", "Ferry");
    said.press("Comment").await;
    room.clock.pass(60_000);
    opened(&editor, "/approval").await.press("Approve").await;
    room.clock.pass(60_000);
    let schedule = opened(&editor, "/schedule").await;
    let schedule = schedule.fill("Date", "2018-11-27").fill("Time", "09:00");
    schedule.press("Continue").await.press("Schedule").await;
    room.clock.pass(60_000);
    opened(&editor, "/schedule/end")
        .await
        .press("Take back the schedule")
        .await;
    let past = editor.open("/admin/items/1").await.click("History").await;
    let told = [
        "Eva unscheduled revision 2",
        "Eva scheduled revision 2",
        "Eva approved revision 2",
        "Anna said about revision 2",
        "Anna submitted revision 2",
        "Anna saved revision 2",
        "Eva saved revision 1",
    ];
    assert_eq!(deeds(&past), told);
    assert!(past.has("Why <noon>?"));
    assert!(past.has("It was to begin 27 Nov 2018, 09:00 (UTC+00:00), but was taken back"));
    assert!(past.has("26 Nov 2018, 12:06 (UTC+00:00)"));
}

#[actix_web::test]
async fn the_history_says_what_readers_saw_and_what_they_were_told() {
    let room = Room::open().await;
    let ferry = release("Ferry stops").summary("At noon.");
    let item = room.has(ferry.live_at("2018-11-20T09:00:00Z")).await;
    let better = release("Ferry stops").summary("At one.");
    let change = (Change::Correction, "It is one o’clock.");
    room.change(item, better, change).await;
    room.clock.pass(60_000);
    room.withdraw(item, "It sails again.").await;
    let past = room.author().await.get("/admin/items/1/history").await;
    let facts = past.select(".timeline .facts");
    let has = |words: &str| facts.iter().any(|fact| fact == words);
    assert!(has(
        "Readers saw it so (live) from 20 Nov 2018, 09:00 (UTC+00:00) until 26 Nov 2018, 12:00 (UTC+00:00)."
    ));
    assert!(has(
        "Readers see it so (withdrawn) since 26 Nov 2018, 12:01 (UTC+00:00)."
    ));
    assert!(has("A correction."));
    let told = past.select(".timeline blockquote");
    assert_eq!(told, ["It sails again.", "It is one o’clock."]);
}

#[actix_web::test]
async fn an_approval_says_from_when_on_it_was_void_and_a_signature_who_signed() {
    let room = Room::open().await;
    let admin = room.admin().await;
    let settings = admin.open("/admin/settings").await;
    settings
        .choose("Second pair of eyes", "Required")
        .press("Save settings")
        .await;
    room.has(release("Ferry stops")).await;
    let (one, two) = (room.editor().await, room.second_editor().await);
    opened(&one, "/submission")
        .await
        .press("Submit for review")
        .await;
    room.clock.pass(60_000);
    opened(&two, "/approval").await.press("Approve").await;
    let counts = opened(&two, "/history").await;
    assert!(counts.has("It counts as long as nobody changes the words."));
    room.clock.pass(60_000);
    let comma = opened(&one, "").await.fill("Summary", "It stops, now.");
    comma.press("Save").await;
    let void = opened(&two, "/history").await;
    assert!(
        void.has("Void since 26 Nov 2018, 12:02 (UTC+00:00), when revision 2 changed the words.")
    );
    room.clock.pass(60_000);
    let urgent = opened(&one, "/urgent-publication").await;
    let urgent = urgent.fill("Why it cannot wait", "A life hangs on it.");
    urgent.press("Publish urgently").await;
    let open = opened(&two, "/history").await;
    assert!(open.has("Urgent, and nobody else has signed it yet."));
    assert!(open.has("A life hangs on it."));
    room.clock.pass(60_000);
    opened(&two, "/signature").await.press("Sign").await;
    let signed = opened(&two, "/history").await;
    assert!(signed.has("Urgent, and signed afterwards by Edo, 26 Nov 2018, 12:04 (UTC+00:00)."));
    assert_eq!(
        deeds(&signed)[0],
        "Edo signed revision 2, which had gone out urgently"
    );
    let facts = signed.select(".timeline .facts");
    assert!(!facts.iter().any(|fact| fact.starts_with("It counts")));
}

#[actix_web::test]
async fn a_long_history_has_pages_and_nothing_behind_the_last() {
    let room = Room::open().await;
    let item = room.has(release("Ferry stops")).await;
    for number in 2..=60 {
        room.clock.pass(1_000);
        let words = release("Ferry stops").summary(&format!("Day {number}."));
        room.save(item, words).await;
    }
    let author = room.author().await;
    let first = opened(&author, "/history").await;
    assert_eq!(deeds(&first).len(), 50);
    let last = first.click("Next page").await;
    assert_eq!(deeds(&last).len(), 10);
    assert_eq!(deeds(&last)[9], "Eva saved revision 1");
    assert_eq!(
        author.get("/admin/items/1/history?page=3").await.status,
        404
    );
    assert_eq!(author.get("/admin/items/2/history").await.status, 404);
}

#[actix_web::test]
async fn two_revisions_are_compared_word_by_word_on_what_readers_read() {
    let room = Room::open().await;
    let old = release("Ferry stops").body("The *ferry* stops at **noon**.\n\nAs ever.");
    let item = room.has(old.summary("In short.").topic("Ferries")).await;
    let new = release("Ferry stops").body("The ferry stops at one.\n\nAs ever.");
    let new = new.summary("In short.").topic("Ferries").topic("Courts");
    room.save(item, new).await;
    let author = room.author().await;
    let page = opened(&author, "/history").await.press("Compare").await;
    assert_eq!(page.only("h1"), "What changed from revision 1 to 2");
    assert_eq!(page.select("section h2"), ["Body", "Topics"]);
    assert_eq!(taken_out(&page), ["noon"]);
    assert_eq!(put_in(&page), ["one", ", Courts"]);
    assert!(page.has("One paragraph is as it was"));
    let turned = opened(&author, "/history/changes?older=2&newer=1").await;
    assert_eq!(turned.only("h1"), "What changed from revision 1 to 2");
    let same = opened(&author, "/history/changes?older=2&newer=2").await;
    assert!(same.has("Nothing: both revisions say the same."));
    for unknown in ["older=1&newer=3", "older=0&newer=1"] {
        let address = format!("/admin/items/1/history/changes?{unknown}");
        assert_eq!(author.get(&address).await.status, 404, "{unknown}");
    }
}

#[actix_web::test]
async fn a_change_of_pictures_their_cut_and_every_choice_is_told_in_words() {
    let room = Room::open().await;
    let boat = room.photo(640, ["A boat", "", "Mara", ""]).await;
    let quay = room.photo(642, ["A quay", "", "Mara", ""]).await;
    let item = room.has(release("Ferry stops").lead(boat.id)).await;
    let body = format!("In full: Ferry stops.\n\n![A quay](image:{})", quay.id);
    let new = release("Ferry stops")
        .slug("ferry")
        .body(&body)
        .lead(quay.id);
    let new = new.written_in("Paris").notes("Call us.").place("Paris");
    room.save(item, new.contact("desk").in_language("ar")).await;
    let author = room.author().await;
    let page = opened(&author, "/history/changes").await;
    let names = [
        "Notes to editors",
        "Dateline",
        "Slug",
        "Language",
        "Places",
        "Press contacts",
        "Lead picture",
        "Pictures in the texts",
    ];
    assert_eq!(page.select("section h2"), names);
    assert!(page.has("A quay") && page.has("Mara Lind"));
    let notes = page.attrs("section .difference", "dir");
    assert_eq!(notes[0], "rtl");
    assert_eq!(notes[7], "ltr");
}

#[actix_web::test]
async fn a_change_of_looks_alone_is_said_to_be_one() {
    let room = Room::open().await;
    let item = room.has(release("Ferry").body("It *stops* now.")).await;
    room.save(item, release("Ferry").body("It **stops** now."))
        .await;
    let author = room.author().await;
    let page = opened(&author, "/history/changes").await;
    assert!(page.has("The same words: only how some look"));
    assert_eq!((page.count("ins"), page.count("del")), (0, 0));
}

#[actix_web::test]
async fn hostile_words_stay_words_in_a_comparison() {
    let room = Room::open().await;
    let item = room.has(release("Ferry").summary("Quiet.")).await;
    let hostile = "<script>alert(1)</script>";
    room.save(item, release("Ferry").summary(hostile)).await;
    let author = room.author().await;
    let page = opened(&author, "/history/changes").await;
    assert!(page.has("alert(1)"));
    assert_eq!(page.count("main script"), 0);
}

#[actix_web::test]
async fn old_words_come_back_as_a_new_revision_and_nothing_is_lost() {
    let room = Room::open().await;
    let ferry = release("Ferry stops").summary("At noon.");
    let item = room.has(ferry.live_at("2018-11-20T09:00:00Z")).await;
    room.save(item, release("Ferry stops").summary("At one."))
        .await;
    let author = room.author().await;
    let history = opened(&author, "/history").await;
    let confirm = history.click("Bring revision 1 back…").await;
    assert!(confirm.has("Nothing is lost"));
    assert!(confirm.has("Revision 1: Eva"));
    let mut back = confirm.press("Bring back old words").await;
    assert!(back.has("Brought back: the old words are the draft now."));
    assert_eq!(back.filled("Summary"), "At noon.");
    assert!(back.has("revision 3"));
    let past = opened(&author, "/history").await;
    assert!(
        deeds(&past)
            .contains(&"Anna brought back the words of revision 1 as revision 3".to_owned())
    );
    assert!(deeds(&past).contains(&"Anna saved revision 3".to_owned()));
    assert!(past.has("Eva saved revision 2"));
    assert!(room.page("/news/ferry-stops").await.has("At noon."));
}

#[actix_web::test]
async fn old_words_do_not_bury_what_somebody_saved_in_between() {
    let room = Room::open().await;
    let item = room.has(release("Ferry stops").summary("At noon.")).await;
    room.save(item, release("Ferry stops").summary("At one."))
        .await;
    let author = room.author().await;
    let confirm = opened(&author, "/revision/return").await;
    room.save(item, release("Ferry stops").summary("At two."))
        .await;
    let late = confirm.press("Bring back old words").await;
    assert_eq!(late.status, 409);
    assert!(late.has("Someone saved a newer text."));
    assert!(late.has("Eva saved revision 3"));
    let mut editor = opened(&author, "").await;
    assert_eq!(editor.filled("Summary"), "At two.");
}

#[actix_web::test]
async fn the_same_form_sent_twice_brings_old_words_back_once() {
    let room = Room::open().await;
    let item = room.has(release("Ferry stops").summary("At noon.")).await;
    room.save(item, release("Ferry stops").summary("At one."))
        .await;
    let author = room.author().await;
    let confirm = opened(&author, "/revision/return?revision=1").await;
    for _ in 0..2 {
        let sent = confirm.press("Bring back old words").await;
        assert!(sent.has("Brought back"));
    }
    let past = opened(&author, "/history").await;
    let saved = deeds(&past)
        .into_iter()
        .filter(|deed| deed.contains("saved"));
    assert_eq!(saved.count(), 3);
}

#[actix_web::test]
async fn words_that_are_the_newest_already_are_not_brought_back() {
    let room = Room::open().await;
    let item = room.has(release("Ferry stops").summary("At noon.")).await;
    room.save(item, release("Ferry stops").summary("At one."))
        .await;
    room.save(item, release("Ferry stops").summary("At noon."))
        .await;
    let author = room.author().await;
    let confirm = opened(&author, "/revision/return?revision=1").await;
    let refused = confirm.press("Bring back old words").await;
    assert_eq!(refused.status, 422);
    let problem = refused.only("#problems a[href='#revision']");
    assert!(problem.contains("These are the newest words already"));
}

#[actix_web::test]
async fn an_approval_that_was_objected_to_does_not_say_that_it_counts() {
    let room = Room::open().await;
    room.has(release("Ferry stops")).await;
    let (author, editor) = (room.author().await, room.second_editor().await);
    let submission = opened(&author, "/submission").await;
    submission.press("Submit for review").await;
    opened(&editor, "/approval").await.press("Approve").await;
    let counts = "It counts as long as nobody changes the words.";
    assert!(opened(&editor, "/history").await.has(counts));
    let discard = opened(&author, "/draft/end").await;
    discard.press("Discard the draft").await;
    let history = opened(&editor, "/history").await;
    assert!(!history.has(counts), "{}", history.text());
    assert!(history.has("changes were asked for, or the draft was discarded."));
}

#[actix_web::test]
async fn each_public_step_is_told_once_and_names_the_words_it_is_about() {
    let room = Room::open().await;
    let live = release("Ferry stops").live_at("2018-11-20T09:00:00Z");
    room.has(live).await;
    let editor = room.editor().await;
    let newer = opened(&editor, "").await.fill("Summary", "Another.");
    newer.press("Save").await;
    let later = opened(&editor, "/withdrawal").await;
    let later = later.fill("Public note", "It was wrong.");
    let later = later.fill("Date", "2018-11-27").fill("Time", "09:00");
    later.press("Withdraw").await.press("Withdraw").await;
    let told = deeds(&opened(&editor, "/history").await);
    let of_it: Vec<_> = told.iter().filter(|deed| deed.contains("withdr")).collect();
    assert_eq!(
        of_it,
        ["Eva scheduled the withdrawal of revision 1"],
        "{told:?}"
    );
    let journal = room.admin().await;
    let journal = journal.open("/admin/log").await;
    assert!(
        journal.has("scheduled the withdrawal of"),
        "{}",
        journal.text()
    );
    assert!(journal.has("revision 1"));
}
