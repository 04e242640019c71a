//! Passkeys at the door: after the password as the second factor, or alone, where the device asks its
//! owner itself.

use actix_web::HttpRequest;
use actix_web::web::Data;

use super::doorkeeper::Doorkeeper;
use super::passkeys::{answered, known, problem, question};
use super::second_factor;
use super::sign_in::{self, page_after};
use crate::accounts::PersonId;
use crate::accounts::passkey::{Answered, PasskeyDesk, Proof};
use crate::clock::Instant;
use crate::desk::passkeys as desk;
use crate::storage::passkeys::{self, Passkey};
use crate::storage::people;
use crate::web::problem::Answer;
use crate::web::{AtDoor, Problem, Sent, Staff, see_other, sessions};

/// Asks whoever gave the password for one of their passkeys.
pub(super) async fn ask(somebody: AtDoor, door: Doorkeeper, asked: Data<PasskeyDesk>) -> Answer {
    let known = known(&door, somebody.person.id).await?;
    let keys: Vec<_> = known.into_iter().map(|one| one.key).collect();
    question(asked.ask(somebody.person.id, &keys, door.clock.now()))
}

/// A passkey after the password.
pub(super) async fn send(
    request: HttpRequest,
    somebody: AtDoor,
    (form, door): (Sent, Doorkeeper),
    asked: Data<PasskeyDesk>,
) -> Answer {
    door.slows(&request).await;
    let (person, now) = (somebody.person.id, door.clock.now());
    let proof = match asked.proof(person, answered(&form.0), now) {
        Ok(proof) => proof,
        Err(error) => return second_factor::again(&door, person, error.to_string()).await,
    };
    let id = proof.id();
    let used = known(&door, person).await?;
    let used = used.into_iter().find(|one| one.key.id() == id);
    // It was taken away while it was asked for.
    let Some(used) = used else {
        return Err(Problem::SignInFirst {
            next: somebody.next,
        });
    };
    note_use(&door, used, &proof, now).await?;
    sessions::begin(&request, (person, somebody.person.era), now)?;
    see_other(page_after(&somebody.next))
}

/// Asks somebody who is signed in for one of their passkeys, before a step that needs a proof.
pub(super) async fn ask_staff(staff: Staff, door: Doorkeeper) -> Answer {
    let known = known(&door, staff.person.id).await?;
    let keys: Vec<_> = known.into_iter().map(|one| one.key).collect();
    question(door.passkeys.ask(staff.person.id, &keys, door.clock.now()))
}

/// What is wrong with the passkey of somebody who is signed in, if anything.
pub(super) async fn proves(
    door: &Doorkeeper,
    person: PersonId,
    answered: Answered<'_>,
) -> Result<Option<String>, Problem> {
    const TAKEN_AWAY: &str = "This passkey is none of yours any more. Use your password.";
    let now = door.clock.now();
    let proof = match door.passkeys.proof(person, answered, now) {
        Ok(proof) => proof,
        Err(error) => return Ok(Some(error.to_string())),
    };
    let id = proof.id();
    let mut known = known(door, person).await?.into_iter();
    let Some(used) = known.find(|one| one.key.id() == id) else {
        return Ok(Some(TAKEN_AWAY.to_owned()));
    };
    note_use(door, used, &proof, now).await?;
    Ok(None)
}

/// Asks whoever comes for a passkey that says whose it is.
pub(super) async fn ask_anybody(
    request: HttpRequest,
    door: Doorkeeper,
    asked: Data<PasskeyDesk>,
) -> Answer {
    door.slows(&request).await;
    question(asked.ask_anybody(door.clock.now()))
}

/// A passkey alone.
pub(super) async fn send_alone(
    request: HttpRequest,
    (form, door): (Sent, Doorkeeper),
    asked: Data<PasskeyDesk>,
) -> Answer {
    const UNKNOWN: &str = "This room does not know that passkey. Sign in with your password.";
    let fields = &form.0;
    door.slows(&request).await;
    let Ok((owner, id)) = asked.says_it_is(answered(fields).answer) else {
        return sign_in::again(&door.read, &asked, (fields, UNKNOWN)).await;
    };
    let found = door
        .read
        .read(move |tx| Ok::<_, Problem>(passkeys::called(tx, &id)?))
        .await?;
    let Some(key) = found.filter(|key| key.owner == owner) else {
        return sign_in::again(&door.read, &asked, (fields, UNKNOWN)).await;
    };
    let now = door.clock.now();
    let proof = match asked.proof_of(&key.key, answered(fields), now) {
        Ok(proof) => proof,
        Err(error) => {
            let error = error.to_string();
            return sign_in::again(&door.read, &asked, (fields, &error)).await;
        }
    };
    let owner = key.person;
    let active = door
        .read
        .read(move |tx| Ok::<_, Problem>(people::active(tx, owner)?))
        .await?;
    let Some(active) = active else {
        return sign_in::again(&door.read, &asked, (fields, UNKNOWN)).await;
    };
    note_use(&door, key, &proof, now).await?;
    sessions::begin(&request, (owner, active.era), now)?;
    see_other(page_after(fields.get("next")))
}

/// The key must still be there at this instant.
async fn note_use(
    door: &Doorkeeper,
    key: Passkey,
    proof: &Proof,
    now: Instant,
) -> Result<(), Problem> {
    let known = key.key.clone().after(proof).text().map_err(problem)?;
    let is_there = door
        .store
        .jot(move |tx| Ok::<_, Problem>(desk::used(tx, &key, &known, now)?))
        .await?;
    if is_there {
        Ok(())
    } else {
        Err(Problem::SignInFirst {
            next: String::new(),
        })
    }
}
