//! Who is told of which step, and what the mail says.

use super::server::{MailServer, Taken, mailer};
use crate::support::{Browser, Room, Tab};

async fn written<'a>(author: &'a Browser, title: &str) -> Tab<'a> {
    let form = author.open("/admin/items/new").await;
    let saved = form
        .fill("Title", title)
        .fill("Summary", "The ferry stops at noon.")
        .fill("Body", "A word that only the draft knows: albatross.")
        .press("Save")
        .await;
    assert!(saved.has("Saved."));
    saved
}

async fn step<'a>(browser: &'a Browser, below: &str, button: &str) -> Tab<'a> {
    let page = browser.open(&format!("/admin/items/1{below}")).await;
    page.press(button).await
}

/// Sends all that is due, and says to whom which subject went.
async fn sent(room: &Room) -> Vec<Taken> {
    let server = MailServer::start();
    mailer(room, &server.url()).round().await.unwrap();
    server.end()
}

fn told(mails: &[Taken]) -> Vec<(String, String)> {
    let mut told: Vec<_> = mails
        .iter()
        .map(|mail| (mail.to.join(","), mail.header("subject").to_owned()))
        .collect();
    told.sort();
    told
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned =
        |(to, subject): &(&str, &str)| (format!("{to}@quay.example"), (*subject).to_owned());
    pairs.iter().map(owned).collect()
}

#[actix_web::test]
async fn each_step_tells_those_whom_it_concerns_and_the_link_leads_to_the_page() {
    let room = Room::open().await;
    let (author, one, two) = (
        room.author().await,
        room.editor().await,
        room.second_editor().await,
    );
    written(&author, "Ferry stops").await;
    step(&author, "/submission", "Submit for review").await;
    let mails = sent(&room).await;
    let review = "Review requested: item 1";
    assert_eq!(told(&mails), pairs(&[("edo", review), ("eva", review)]));
    let mail = &mails[0];
    assert!(mail.plain.contains("Anna\u{2069} asks an editor to review"));
    assert!(mail.plain.contains("Ferry stops") && mail.html.contains("Ferry stops"));
    let page = one.get(&mail.link(&room.root)).await;
    assert!(page.status == 200 && page.has("Ferry stops"));

    let asked = one.open("/admin/items/1/change-request").await;
    let comment = "Which ferry? The albatross one?";
    let asked = asked.fill("What should change", comment);
    asked.press("Ask for changes").await;
    let mails = sent(&room).await;
    assert_eq!(
        told(&mails),
        pairs(&[("anna", "Changes requested: item 1")])
    );
    let page = author.get(&mails[0].link(&room.root)).await;
    assert!(page.has(comment));
    for part in [&mails[0].plain, &mails[0].html] {
        assert!(!part.contains("albatross"), "a draft’s words stay inside");
    }

    step(&author, "/submission", "Submit for review").await;
    assert_eq!(sent(&room).await.len(), 2);
    step(&one, "/approval", "Approve").await;
    let mails = sent(&room).await;
    assert_eq!(told(&mails), pairs(&[("anna", "Approved: item 1")]));
    step(&two, "/publications", "Publish now").await;
    let mails = sent(&room).await;
    assert_eq!(told(&mails), pairs(&[("anna", "Published: Ferry stops")]));
}

#[actix_web::test]
async fn whoever_wrote_the_words_is_not_asked_to_review_them() {
    let room = Room::open().await;
    let (author, editor) = (room.author().await, room.editor().await);
    written(&author, "Ferry stops").await;
    let better = editor.open("/admin/items/1").await;
    better.fill("Summary", "Mine.").press("Save").await;
    step(&author, "/submission", "Submit for review").await;
    let review = "Review requested: item 1";
    assert_eq!(told(&sent(&room).await), pairs(&[("edo", review)]));
}

#[actix_web::test]
async fn a_new_assignee_is_told_once_and_nobody_of_what_they_did_themselves() {
    let room = Room::open().await;
    let (author, editor) = (room.author().await, room.editor().await);
    written(&author, "Ferry stops").await;
    let assign = async |who: &str, due: &str| {
        let review = editor.open("/admin/items/1/review").await;
        let review = review.choose("Assigned to", who).fill("Due", due);
        review.press("Save who works on it").await
    };
    assign("Edo", "").await;
    let assigned = pairs(&[("edo", "Assigned to you: item 1")]);
    assert_eq!(told(&sent(&room).await), assigned);
    assign("Edo", "2018-12-01").await;
    assign("Eva", "2018-12-01").await;
    assert!(sent(&room).await.is_empty());
}

#[actix_web::test]
async fn what_went_out_urgently_asks_every_other_editor_to_sign() {
    let room = Room::open().await;
    let admin = room.admin().await;
    let settings = admin.open("/admin/settings").await;
    let settings = settings.choose("Second pair of eyes", "Required");
    settings.press("Save settings").await;
    let (author, one, two) = (
        room.author().await,
        room.editor().await,
        room.second_editor().await,
    );
    written(&author, "Ferry stops").await;
    let urgent = one.open("/admin/items/1/urgent-publication").await;
    let urgent = urgent.fill("Why it cannot wait", "A life hangs on it.");
    urgent.press("Publish urgently").await;
    let mails = sent(&room).await;
    let expected = [
        ("anna", "Published: Ferry stops"),
        ("edo", "Please sign: Ferry stops"),
    ];
    assert_eq!(told(&mails), pairs(&expected));
    assert!(
        mails
            .iter()
            .all(|mail| !mail.plain.contains("A life hangs"))
    );
    let sign = mails.iter().find(|mail| mail.to[0].starts_with("edo"));
    let page = two.open(&sign.unwrap().link(&room.root)).await;
    assert!(page.press("Sign").await.has("Signed: the flag is gone."));
}

#[actix_web::test]
async fn a_hostile_title_arrives_whole_and_harmless() {
    let room = Room::open().await;
    let (author, editor) = (room.author().await, room.editor().await);
    let form = author.open("/admin/items/new").await;
    let typed = "إضراب 🚢\r\nBcc: spy@evil.example\r\n\r\n<script>alert(1)</script>";
    let saved = form
        .fill("Title", typed)
        .fill("Slug", "strike")
        .fill("Summary", "A strike.")
        .fill("Body", "A strike.")
        .choose("Language", "Arabic")
        .press("Save")
        .await;
    assert!(saved.has("Saved."));
    step(&editor, "/publications", "Publish now").await;
    let mails = sent(&room).await;
    let [mail] = &mails[..] else {
        panic!("{mails:?}")
    };
    let title = "إضراب 🚢 Bcc: spy@evil.example <script>alert(1)</script>";
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words(mail.header("subject")), format!("Published: {title}"));
    assert!(words(&mail.plain).contains(title));
    assert_eq!((mail.to.len(), mail.has_header("bcc")), (1, false));
    assert!(mail.html.contains("lang=\"ar\" dir=\"rtl\""));
    assert!(!mail.html.contains("<script") && mail.html.contains("script&#62;"));
    for word in ["src=", "<link", "<style", "url("] {
        assert!(!mail.html.contains(word), "{word} would be fetched");
    }
    assert_eq!(mail.sender, "news@quay.example");
    assert_eq!(mail.header("from"), "Open Quay <news@quay.example>");
    assert_eq!(mail.header("auto-submitted"), "auto-generated");
    assert!(mail.header("message-id").ends_with("@quay.example>"));
    assert!(mail.header("date").starts_with("Mon, 26 Nov 2018 12:00:00"));
    assert!(mail.defects.is_empty(), "{:?}", mail.defects);
}

#[actix_web::test]
async fn a_form_that_is_sent_twice_makes_one_mail_and_a_refused_step_makes_none() {
    let room = Room::open().await;
    let (author, editor) = (room.author().await, room.editor().await);
    written(&author, "Ferry stops").await;
    let form = author.open("/admin/items/1/submission").await;
    form.press("Submit for review").await;
    form.press("Submit for review").await;
    assert_eq!(sent(&room).await.len(), 2, "two editors, one mail each");
    let approve = editor.open("/admin/items/1/approval").await;
    let newer = author.open("/admin/items/1").await;
    newer.fill("Summary", "Newer.").press("Save").await;
    assert_eq!(approve.press("Approve").await.status, 409);
    assert!(sent(&room).await.is_empty());
}
