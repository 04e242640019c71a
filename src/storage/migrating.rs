//! The steps that make the tables what they are today.

use diesel::migration::MigrationSource;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::StorageError;
use super::connection::Connection;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

pub(super) fn bring_up_to_date(connection: &mut Connection) -> Result<(), StorageError> {
    connection
        .run_pending_migrations(MIGRATIONS)
        .map(|_versions| ())
        .map_err(|source| StorageError::Migration(source.to_string()))
}

/// The steps that this program knows, the oldest first.
pub(super) fn known_versions() -> Result<Vec<String>, StorageError> {
    let failed = |source: &dyn std::fmt::Display| StorageError::Migration(source.to_string());
    let steps =
        MigrationSource::<Sqlite>::migrations(&MIGRATIONS).map_err(|error| failed(&error))?;
    let mut versions: Vec<String> = steps
        .iter()
        .map(|step| step.name().version().to_string())
        .collect();
    versions.sort_unstable();
    Ok(versions)
}
