//! Every table as plain rows, for taking a room out of its file and bringing one back: what stands
//! in a room is read and written here without knowing what it means.

use std::path::Path;

use diesel::connection::{DefaultLoadingMode, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Nullable, Text};
use diesel::sqlite::Sqlite;

use super::change::within;
use super::connection::{Connection, alone};
use super::migrating::{bring_up_to_date, bring_up_to_versions, known_versions};
use super::{ReadTx, StorageError, WriteTx};

/// A table with its columns; the bytes of files stand in columns of their own.
#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    plain: Vec<String>,
    pub bytes: Vec<String>,
    key: Vec<String>,
}

/// A row of a table with bytes: its other columns as JSON, and where its bytes are.
pub struct Row {
    pub json: String,
    key: i64,
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    of_table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    key: i64,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    one: String,
}

#[derive(QueryableByName)]
struct Keyed {
    #[diesel(sql_type = BigInt)]
    key: i64,
    #[diesel(sql_type = Text)]
    one: String,
}

#[derive(QueryableByName)]
struct Bytes {
    #[diesel(sql_type = Nullable<Binary>)]
    bytes: Option<Vec<u8>>,
}

#[derive(QueryableByName)]
struct Sequence {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    seq: i64,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    one: i64,
}

/// A name as SQL writes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Table {
    /// The columns but those of bytes, as one JSON object.
    fn as_json(&self) -> String {
        let parts: Vec<String> = self
            .plain
            .iter()
            .map(|name| format!("'{name}', {}", quoted(name)))
            .collect();
        format!("json_object({})", parts.join(", "))
    }

    fn order(&self) -> String {
        let names: Vec<String> = self.key.iter().map(|name| quoted(name)).collect();
        if names.is_empty() {
            "rowid".to_owned()
        } else {
            names.join(", ")
        }
    }

    fn insertion(&self) -> String {
        let names: Vec<String> = self
            .plain
            .iter()
            .chain(&self.bytes)
            .map(|name| quoted(name))
            .collect();
        let plain = self
            .plain
            .iter()
            .map(|name| format!("json_extract(?1, '$.\"{name}\"')"));
        let bytes = (2..)
            .take(self.bytes.len())
            .map(|number| format!("?{number}"));
        let values: Vec<String> = plain.chain(bytes).collect();
        format!(
            "INSERT INTO {} ({}) VALUES ({})",
            quoted(&self.name),
            names.join(", "),
            values.join(", ")
        )
    }
}

/// The tables that hold the room, by name; what the database keeps for itself is none of them.
pub fn tables(tx: &mut ReadTx<'_>) -> Result<Vec<Table>, StorageError> {
    let columns: Vec<ColumnRow> = diesel::sql_query(
        "SELECT l.name AS of_table, c.name AS name, c.type AS kind, c.pk AS key \
         FROM pragma_table_list AS l JOIN pragma_table_info(l.name) AS c \
         WHERE l.schema = 'main' AND l.type = 'table' AND substr(l.name, 1, 7) <> 'sqlite_' \
           AND substr(l.name, 1, 12) <> '_litestream_' \
           AND l.name <> '__diesel_schema_migrations' ORDER BY l.name, c.pk, c.cid",
    )
    .load(tx.connection())?;
    let mut tables: Vec<Table> = Vec::new();
    for column in columns {
        if tables
            .last()
            .is_none_or(|table| table.name != column.of_table)
        {
            tables.push(Table {
                name: column.of_table.clone(),
                plain: Vec::new(),
                bytes: Vec::new(),
                key: Vec::new(),
            });
        }
        let Some(table) = tables.last_mut() else {
            continue;
        };
        if column.key > 0 {
            table.key.push(column.name.clone());
        }
        if column.kind == "BLOB" {
            table.bytes.push(column.name);
        } else {
            table.plain.push(column.name);
        }
    }
    Ok(tables)
}

/// The steps that made the tables of this room, the oldest first.
pub fn versions(tx: &mut ReadTx<'_>) -> Result<Vec<String>, StorageError> {
    let rows: Vec<Word> =
        diesel::sql_query("SELECT version AS one FROM __diesel_schema_migrations ORDER BY version")
            .load(tx.connection())?;
    Ok(rows.into_iter().map(|row| row.one).collect())
}

/// The steps that are not known to this program.
pub fn unknown(versions: &[String]) -> Result<Vec<String>, StorageError> {
    let known = known_versions()?;
    let unknown = versions.iter().filter(|step| !known.contains(step));
    Ok(unknown.cloned().collect())
}

/// The numbers that were given out last, so that none is given out twice.
pub fn sequences(tx: &mut ReadTx<'_>) -> Result<Vec<(String, i64)>, StorageError> {
    let rows: Vec<Sequence> =
        diesel::sql_query("SELECT name, seq FROM sqlite_sequence ORDER BY name")
            .load(tx.connection())?;
    Ok(rows.into_iter().map(|row| (row.name, row.seq)).collect())
}

pub fn count(tx: &mut ReadTx<'_>, table: &Table) -> Result<u64, StorageError> {
    let row: Count = diesel::sql_query(format!(
        "SELECT COUNT(*) AS one FROM {}",
        quoted(&table.name)
    ))
    .get_result(tx.connection())?;
    Ok(u64::try_from(row.one).unwrap_or_default())
}

/// Gives every row of a table without bytes as a JSON object, one after the other.
pub fn each<E: From<StorageError>>(
    tx: &mut ReadTx<'_>,
    table: &Table,
    mut take: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    let query = format!(
        "SELECT {} AS one FROM {} ORDER BY {}",
        table.as_json(),
        quoted(&table.name),
        table.order()
    );
    let rows = diesel::sql_query(query)
        .load_iter::<Word, DefaultLoadingMode>(tx.connection())
        .map_err(StorageError::from)?;
    for row in rows {
        take(&row.map_err(StorageError::from)?.one)?;
    }
    Ok(())
}

/// The row after this one of a table with bytes.
pub fn next(
    tx: &mut ReadTx<'_>,
    table: &Table,
    after: Option<&Row>,
) -> Result<Option<Row>, StorageError> {
    let query = format!(
        "SELECT rowid AS key, {} AS one FROM {} WHERE rowid > ? ORDER BY rowid LIMIT 1",
        table.as_json(),
        quoted(&table.name)
    );
    let row: Option<Keyed> = diesel::sql_query(query)
        .bind::<BigInt, _>(after.map_or(i64::MIN, |row| row.key))
        .get_result(tx.connection())
        .optional()?;
    Ok(row.map(|row| Row {
        json: row.one,
        key: row.key,
    }))
}

/// The bytes that stand in one column of a row.
pub fn bytes(
    tx: &mut ReadTx<'_>,
    table: &Table,
    row: &Row,
    column: &str,
) -> Result<Option<Vec<u8>>, StorageError> {
    let query = format!(
        "SELECT {} AS bytes FROM {} WHERE rowid = ?",
        quoted(column),
        quoted(&table.name)
    );
    let row: Bytes = diesel::sql_query(query)
        .bind::<BigInt, _>(row.key)
        .get_result(tx.connection())?;
    Ok(row.bytes)
}

/// A room that is being filled with rows from elsewhere, in one transaction.
pub struct Filling<'a, 'b> {
    tx: &'a mut WriteTx<'b>,
    pub tables: Vec<Table>,
}

impl Filling<'_, '_> {
    /// Adds a row: its plain columns as a JSON object, its bytes in the order of the columns.
    pub fn add(
        &mut self,
        table: &Table,
        json: &str,
        bytes: Vec<Option<Vec<u8>>>,
    ) -> Result<(), StorageError> {
        let mut query = diesel::sql_query(table.insertion())
            .into_boxed::<Sqlite>()
            .bind::<Text, _>(json.to_owned());
        for part in bytes {
            query = query.bind::<Nullable<Binary>, _>(part);
        }
        query.execute(self.tx.connection())?;
        Ok(())
    }

    pub fn set_sequence(&mut self, name: &str, last: i64) -> Result<(), StorageError> {
        let set = diesel::sql_query("UPDATE sqlite_sequence SET seq = ? WHERE name = ?")
            .bind::<BigInt, _>(last)
            .bind::<Text, _>(name)
            .execute(self.tx.connection())?;
        if set == 0 {
            diesel::sql_query("INSERT INTO sqlite_sequence (seq, name) VALUES (?, ?)")
                .bind::<BigInt, _>(last)
                .bind::<Text, _>(name)
                .execute(self.tx.connection())?;
        }
        Ok(())
    }
}

/// Makes a room in an empty file, with the tables that these steps make, fills it, and brings it up
/// to date. What a table refers to may come after it.
pub fn fill<E: From<StorageError>>(
    file: &Path,
    versions: &[String],
    rows: impl FnOnce(&mut Filling<'_, '_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut connection = alone(file)?;
    bring_up_to_versions(&mut connection, versions)?;
    run(&mut connection, "PRAGMA foreign_keys = ON")?;
    within(&mut connection, None, |tx| {
        run(tx.connection(), "PRAGMA defer_foreign_keys = ON")?;
        let tables = tables(tx)?;
        // What the triggers guard or write was guarded and written where the rows come from.
        let triggers = triggers(tx)?;
        for (name, _) in &triggers {
            run(tx.connection(), &format!("DROP TRIGGER {}", quoted(name)))?;
        }
        for table in &tables {
            run(
                tx.connection(),
                &format!("DELETE FROM {}", quoted(&table.name)),
            )?;
        }
        rows(&mut Filling {
            tx: &mut *tx,
            tables,
        })?;
        for (_, sql) in &triggers {
            run(tx.connection(), sql)?;
        }
        Ok::<_, E>(())
    })?;
    bring_up_to_date(&mut connection)?;
    Ok(())
}

fn run(connection: &mut Connection, sql: &str) -> Result<(), StorageError> {
    Ok(connection.batch_execute(sql)?)
}

#[derive(QueryableByName)]
struct Trigger {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

fn triggers(tx: &mut ReadTx<'_>) -> Result<Vec<(String, String)>, StorageError> {
    let rows: Vec<Trigger> = diesel::sql_query(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid",
    )
    .load(tx.connection())?;
    Ok(rows.into_iter().map(|row| (row.name, row.sql)).collect())
}
