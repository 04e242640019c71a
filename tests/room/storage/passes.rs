//! What the database itself promises of passes, each promise attacked past the program.

use super::attack::{Attack, attack};

fn pass(column: &str, value: &str) -> String {
    let columns = [
        ("item_id", "2"),
        ("holder", "'Ann'"),
        ("outlet", "'Herald'"),
        ("mail", "''"),
        ("secret_hash", "printf('%064d', 7)"),
        ("terms", "'Keep quiet.'"),
        ("given_by", "1"),
        ("given_at", "100"),
        ("expires_at", "200"),
        ("accepted_at", "NULL"),
        ("revoked_at", "NULL"),
        ("revoked_by", "NULL"),
    ];
    let names: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
    let values: Vec<_> = columns
        .iter()
        .map(|(name, usual)| if *name == column { value } else { usual })
        .collect();
    format!(
        "INSERT INTO passes ({}) VALUES ({})",
        names.join(", "),
        values.join(", ")
    )
}

fn with_a_pass() -> Attack {
    let mut room = attack();
    room.raw.run(&pass("", ""));
    room
}

#[test]
fn a_pass_has_a_holder_terms_a_hash_and_an_end() {
    let mut room = attack();
    for (column, value, promise) in [
        ("holder", "''", "pass_has_a_holder"),
        ("outlet", "''", "pass_has_an_outlet"),
        ("terms", "''", "pass_has_terms"),
        ("secret_hash", "'short'", "pass_secret_is_a_hash"),
        ("expires_at", "100", "pass_expires_after_it_is_given"),
        (
            "accepted_at",
            "99",
            "terms_are_accepted_while_the_pass_lasts",
        ),
        (
            "accepted_at",
            "200",
            "terms_are_accepted_while_the_pass_lasts",
        ),
        ("revoked_at", "150", "pass_is_revoked_by_somebody"),
        ("item_id", "77", "FOREIGN KEY"),
        ("given_by", "77", "FOREIGN KEY"),
    ] {
        room.is_refused(&pass(column, value), promise);
    }
    room.raw.run(&pass("accepted_at", "199"));
    room.is_refused(&pass("", ""), "passes.secret_hash");
}

#[test]
fn a_pass_stays_as_it_was_given_and_is_accepted_and_revoked_once() {
    let mut room = with_a_pass();
    for column in ["holder", "terms", "secret_hash", "expires_at", "item_id"] {
        let sql = format!("UPDATE passes SET {column} = {column}");
        room.is_refused(&sql, "passes_are_never_rewritten");
    }
    room.is_refused("DELETE FROM passes", "passes_are_never_deleted");
    room.raw.run("UPDATE passes SET accepted_at = 150");
    for value in ["160", "NULL"] {
        let sql = format!("UPDATE passes SET accepted_at = {value}");
        room.is_refused(&sql, "terms_are_accepted_once");
    }
    room.raw
        .run("UPDATE passes SET revoked_at = 160, revoked_by = 1");
    room.is_refused(
        "UPDATE passes SET revoked_at = NULL, revoked_by = NULL",
        "revoked_passes_stay_revoked",
    );
}

#[test]
fn the_terms_of_a_revoked_pass_are_never_accepted() {
    let mut room = with_a_pass();
    room.raw
        .run("UPDATE passes SET revoked_at = 160, revoked_by = 1");
    room.is_refused(
        "UPDATE passes SET accepted_at = 170",
        "terms_are_accepted_once",
    );
}

#[test]
fn a_visit_is_kept_once_a_minute_and_never_changed() {
    let mut room = with_a_pass();
    let visit = |deed: &str, minute: i64, at: i64| {
        format!("INSERT INTO pass_visits VALUES (1, '{deed}', {minute}, {at})")
    };
    room.raw.run(&visit("opened", 2, 120_000));
    room.raw.run(&visit("picture", 2, 179_999));
    room.raw.run(&visit("opened", 3, 180_000));
    for (sql, promise) in [
        (visit("opened", 2, 130_000), "pass_visits.minute"),
        (visit("opened", 4, 239_999), "visit_stands_in_its_minute"),
        (visit("opened", 4, 300_000), "visit_stands_in_its_minute"),
        (visit("stole", 9, 540_000), "deed_is_known"),
        (
            "UPDATE pass_visits SET at = at".to_owned(),
            "pass_visits_are_never_edited",
        ),
        (
            "DELETE FROM pass_visits".to_owned(),
            "pass_visits_are_never_deleted",
        ),
    ] {
        room.is_refused(&sql, promise);
    }
}
