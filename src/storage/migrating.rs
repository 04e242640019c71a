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

/// Makes the tables as these steps made them, and no further.
pub(super) fn bring_up_to_versions(
    connection: &mut Connection,
    versions: &[String],
) -> Result<(), StorageError> {
    let failed = |source: &dyn std::fmt::Display| StorageError::Migration(source.to_string());
    // Makes the place where they are noted.
    connection
        .applied_migrations()
        .map_err(|error| failed(&error))?;
    let mut steps =
        MigrationSource::<Sqlite>::migrations(&MIGRATIONS).map_err(|error| failed(&error))?;
    steps.sort_by_key(|step| step.name().version().to_string());
    for step in steps {
        if versions.contains(&step.name().version().to_string()) {
            connection
                .run_migration(&step)
                .map_err(|error| failed(&error))?;
        }
    }
    Ok(())
}
