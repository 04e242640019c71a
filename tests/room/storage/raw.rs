//! A connection past the program: what the database does when nobody asks the rules first.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

#[expect(
    clippy::disallowed_types,
    reason = "these tests attack the database itself"
)]
type Database = SqliteConnection;

pub(crate) struct Raw {
    connection: Database,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    one: i64,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    one: String,
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

impl Raw {
    pub(crate) fn open(file: &Path) -> Self {
        let mut connection = Database::establish(&file.to_string_lossy()).unwrap();
        connection
            .batch_execute("PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON;")
            .unwrap();
        Self { connection }
    }

    pub(crate) fn run(&mut self, sql: &str) {
        self.connection
            .batch_execute(sql)
            .unwrap_or_else(|error| panic!("{error}: {sql}"));
    }

    /// What the database says to a statement that it must refuse.
    pub(crate) fn refusal(&mut self, sql: &str) -> String {
        match diesel::sql_query(sql).execute(&mut self.connection) {
            Ok(rows) => panic!("accepted, {rows} rows changed: {sql}"),
            Err(error) => error.to_string(),
        }
    }

    /// The one number of a query that names its column `one`.
    pub(crate) fn number(&mut self, sql: &str) -> i64 {
        let row: Number = diesel::sql_query(sql)
            .get_result(&mut self.connection)
            .unwrap_or_else(|error| panic!("{error}: {sql}"));
        row.one
    }

    /// Runs a query to its end and counts its rows.
    pub(crate) fn count(&mut self, sql: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) AS one FROM ({sql})"))
    }

    /// The texts of a query that names its column `one`.
    pub(crate) fn words(&mut self, sql: &str) -> Vec<String> {
        diesel::sql_query(sql)
            .load::<Word>(&mut self.connection)
            .unwrap_or_else(|error| panic!("{error}: {sql}"))
            .into_iter()
            .map(|word| word.one)
            .collect()
    }

    /// The steps in which the database would answer a query.
    pub(crate) fn plan(&mut self, sql: &str) -> Vec<String> {
        diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}"))
            .load::<Step>(&mut self.connection)
            .unwrap_or_else(|error| panic!("{error}: {sql}"))
            .into_iter()
            .map(|step| step.detail)
            .collect()
    }
}
