//! Every move × every role × every state of an item, both with and without the second pair of eyes.

use dateline::accounts::{Editor, Person, Roles};
use dateline::admin;
use dateline::desk::publishing::{self, desk};
use dateline::desk::writing::Sent;
use dateline::desk::{Failure, passes, review};
use dateline::keys::new_key;
use dateline::newsroom::pass::NewPass;
use dateline::newsroom::publishing::Said;
use dateline::newsroom::schedule::Typed;
use dateline::newsroom::slug::Slug;
use dateline::newsroom::{AddressSecret, Change, ItemId, Move, moves};
use dateline::storage::WriteTx;

use super::permissions::people;
use crate::support::staffed::{Staffed, aim, open, wording};

#[test]
fn every_move_has_a_route() {
    for a_move in Move::all() {
        let routes = admin::moves().filter(|(_, known)| *known == a_move).count();
        assert_eq!(routes, 1, "{a_move:?}");
    }
}

/// The address that makes a move.
fn address_of(a_move: Move, item: ItemId) -> String {
    let (noun, _) = admin::moves().find(|(_, known)| *known == a_move).unwrap();
    format!("/admin/items/{item}{noun}")
}

/// Every state that an item can be in, by what was done to it.
#[derive(Clone, Copy, Debug)]
enum State {
    Draft,
    InReview,
    ChangesRequested,
    Approved,
    Discarded,
    Scheduled,
    ScheduledWithAPass,
    Live,
    LiveWithADraft,
    LiveUrgently,
    LiveWithAChangeToCome,
    LiveUntilAWithdrawal,
    Withdrawn,
    Gone,
    Moved,
}

const STATES: [State; 15] = [
    State::Draft,
    State::InReview,
    State::ChangesRequested,
    State::Approved,
    State::Discarded,
    State::Scheduled,
    State::ScheduledWithAPass,
    State::Live,
    State::LiveWithADraft,
    State::LiveUrgently,
    State::LiveWithAChangeToCome,
    State::LiveUntilAWithdrawal,
    State::Withdrawn,
    State::Gone,
    State::Moved,
];

/// A draft of the author's on its way, and the two who send it there.
struct Way<'a> {
    room: &'a Staffed,
    item: ItemId,
    author: &'a Person,
    editor: &'a Person,
}

impl Way<'_> {
    fn step(
        &self,
        step: impl FnOnce(&mut WriteTx<'_>, review::Aim, &Sent<'_>) -> Result<(), Failure>,
    ) {
        self.room.step(|tx, sent| {
            let shown = desk(tx, self.item)?.unwrap().head.id;
            let item = self.item;
            step(tx, review::Aim { item, shown }, sent)
        });
    }

    fn submitted(&self) {
        let writer = self.author.writer().unwrap();
        self.step(|tx, aim, sent| review::submit(tx, aim, sent, writer).map(drop));
    }

    fn sent_back(&self) {
        self.submitted();
        let editor = self.editor.editor().unwrap();
        let words = "Who says so?".parse().unwrap();
        self.step(|tx, aim, sent| review::request_changes(tx, aim, &words, sent, editor).map(drop));
    }

    fn approved(&self) -> Editor {
        self.submitted();
        let editor = self.editor.editor().unwrap();
        self.room.step(|tx, sent| {
            let aim = aim(&desk(tx, self.item)?.unwrap());
            review::approve(tx, aim, sent, editor)
        });
        editor
    }

    fn live(&self) -> Editor {
        let editor = self.approved();
        self.room.publish(self.item, editor);
        editor
    }

    fn removed(&self, target: Option<Slug>) {
        let editor = self.live();
        self.room.step(|tx, sent| {
            let aim = aim(&desk(tx, self.item)?.unwrap());
            let said = ("It was not ours.".parse().unwrap(), target);
            publishing::remove(tx, aim, said, sent, editor)
        });
    }

    fn moved(&self) {
        let title = format!("Target {}", new_key());
        let target = self.room.draft(&title, self.author);
        self.room.publish(target, self.editor.editor().unwrap());
        let head = self.room.read.read_here(|tx| desk(tx, target));
        let slug = head.unwrap().unwrap().head.wording.slug;
        self.removed(Some(slug));
    }

    fn later(&self) -> Typed {
        Typed {
            instant: self.room.now.plus_millis(60_000),
            zone: "UTC".to_owned(),
            wall: "2018-11-26 12:01".to_owned(),
        }
    }

    fn change_to_come(&self) {
        let editor = self.live();
        let better = wording(&format!("Better {}", new_key()));
        self.room.save(self.item, better, self.author);
        let said = Said {
            change: Some(Change::Update),
            public_note: Some("A date was added.".parse().unwrap()),
            ..Said::default()
        };
        self.room.step(|tx, sent| {
            let aim = aim(&desk(tx, self.item)?.unwrap());
            publishing::later(tx, aim, (said, self.later()), sent, editor)
        });
    }

    fn withdrawal_to_come(&self) {
        let editor = self.live();
        self.room.step(|tx, sent| {
            let aim = aim(&desk(tx, self.item)?.unwrap());
            let said = ("It was wrong.".parse().unwrap(), Some(self.later()));
            publishing::withdraw(tx, aim, said, sent, editor)
        });
    }

    fn passed(&self) {
        let new = NewPass {
            holder: "Ann Lee".parse().unwrap(),
            outlet: "The Herald".parse().unwrap(),
            mail: None,
            terms: "Keep quiet.".parse().unwrap(),
            expires_at: self.room.now.plus_millis(60_000),
        };
        self.room.step(|tx, sent| {
            let shown = aim(&desk(tx, self.item)?.unwrap()).shown;
            let editor = self.editor.editor().unwrap();
            passes::give(
                tx,
                (self.item, shown),
                (&new, &AddressSecret::new()),
                sent,
                editor,
            )
        });
    }

    fn live_urgently(&self) {
        let said = Said {
            reason: Some("A life hangs on it.".parse().unwrap()),
            urgent: true,
            ..Said::default()
        };
        self.room.require_second_pair(true);
        self.room.step(|tx, sent| {
            let aim = aim(&desk(tx, self.item)?.unwrap());
            publishing::now(tx, aim, said, sent, self.editor.editor().unwrap())
        });
    }
}

/// A fresh item in that state, written by the author.
fn item_in(room: &Staffed, state: State, people: &[Person]) -> ItemId {
    let (author, editor) = (&people[0], &people[1]);
    let item = room.draft(&format!("Item {}", new_key()), author);
    let way = Way {
        room,
        item,
        author,
        editor,
    };
    match state {
        State::Draft => {}
        State::InReview => way.submitted(),
        State::ChangesRequested => way.sent_back(),
        State::Approved => drop(way.approved()),
        State::Discarded => {
            let writer = author.writer().unwrap();
            way.step(|tx, aim, sent| review::discard(tx, aim, sent, writer).map(drop));
        }
        State::Scheduled => room.schedule(item, way.approved()),
        State::ScheduledWithAPass => {
            room.schedule(item, way.approved());
            way.passed();
        }
        State::Live => drop(way.live()),
        State::LiveWithADraft => {
            way.live();
            room.save(item, wording(&format!("Better {}", new_key())), author);
        }
        State::LiveUrgently => way.live_urgently(),
        State::Withdrawn => {
            let editor = way.live();
            room.withdraw(item, editor);
        }
        State::LiveWithAChangeToCome => way.change_to_come(),
        State::LiveUntilAWithdrawal => way.withdrawal_to_come(),
        State::Gone => way.removed(None),
        State::Moved => way.moved(),
    }
    item
}

/// Moves that share one address: whichever fits the item is made there.
fn at_the_same_address(a_move: Move) -> Vec<Move> {
    let (noun, _) = admin::moves().find(|(_, known)| *known == a_move).unwrap();
    admin::moves()
        .filter(|(known, _)| *known == noun)
        .map(|(_, known)| known)
        .collect()
}

#[actix_web::test]
async fn the_page_of_a_move_opens_exactly_where_the_table_allows_it() {
    let room = open();
    let people = people(&room);
    let mut clients = Vec::new();
    for person in &people {
        clients.push(room.sign_in(person.name.as_str()).await);
    }
    for required in [true, false] {
        for state in STATES {
            room.require_second_pair(false);
            let item = item_in(&room, state, &people);
            room.require_second_pair(required);
            let facts = room.read.read_here(|tx| desk(tx, item)).unwrap().unwrap();
            for (person, client) in people.iter().zip(&clients) {
                let situation = facts.situation(room.now, person.id);
                for a_move in Move::all().filter(|a_move| *a_move != Move::Save) {
                    let allowed = at_the_same_address(a_move)
                        .into_iter()
                        .any(|one| moves::allow(one, person.roles, situation).is_ok());
                    let address = address_of(a_move, item);
                    let status = room.get(client, &address).await.status();
                    let who = person.roles.words();
                    assert_eq!(
                        status == 200,
                        allowed,
                        "{who} {a_move:?} {state:?} {situation:?} → {status}"
                    );
                }
            }
        }
    }
}

#[actix_web::test]
async fn an_author_who_guesses_an_address_changes_nothing() {
    let room = open();
    let people = people(&room);
    let author = room.sign_in("author").await;
    for state in STATES {
        room.require_second_pair(false);
        let item = item_in(&room, state, &people);
        let before = room.read.read_here(|tx| desk(tx, item)).unwrap().unwrap();
        let shown = aim(&before).shown;
        let publication = shown
            .publication
            .map_or_else(String::new, |id| id.to_string());
        let shown = format!("{}.{publication}", shown.revision);
        let editors = Move::all().filter(|a_move| moves::may_ever(*a_move, Roles::AUTHOR).is_err());
        for a_move in editors {
            let key = new_key();
            let fields = [
                ("form_key", key.as_str()),
                ("shown", &shown),
                ("change", "correction"),
                ("public_note", "A note."),
                ("reason", "A reason."),
                ("comment", "A comment."),
                ("revision", "1"),
                ("pass", "1"),
                ("holder", "Mallory"),
                ("outlet", "Elsewhere"),
                ("terms", "None."),
                ("date", "2019-01-01"),
                ("time", "10:00"),
            ];
            let sent = room.send(&author, &address_of(a_move, item), &fields).await;
            assert_eq!(sent.status(), 403, "{a_move:?} in state {state:?}");
        }
        let after = room.read.read_here(|tx| desk(tx, item)).unwrap().unwrap();
        assert_eq!(after.lane.newest(), before.lane.newest());
        assert_eq!(after.draft_state(), before.draft_state());
        assert_eq!(after.passes.len(), before.passes.len());
        assert!(after.passes.iter().all(|pass| pass.revoked.is_none()));
    }
}
