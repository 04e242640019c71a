//! `dateline demo`: the sample room, loaded at the first start, with fresh passwords at every start.

use super::{CommandError, listening, say, serve};
use crate::clock::Clock;
use crate::config::Config;
use crate::samples;
use crate::storage::{ReadStore, StorageError, Store, people};
use crate::telemetry;
use crate::web::paths;

pub(super) fn run(config: &Config) -> Result<(), CommandError> {
    telemetry::start(config.log_format, &config.log);
    let (store, read) = serve::open(config)?;
    let listening = listening::listen(config)?;
    load_once(config, &store, &read)?;
    let accounts = samples::renew_passwords(&store)?;
    if accounts.is_empty() {
        return Err(CommandError::NotTheSampleRoom {
            file: config.database.clone(),
        });
    }
    let room = serve::room(config, listening.address, (store, read))?;
    say(&format!("readers {}/", room.address))?;
    say(&format!("staff {}{}", room.address, paths::MY_WORK))?;
    for account in accounts {
        say(&format!(
            "{} {} {}",
            account.key, account.mail, account.password
        ))?;
    }
    let beside = serve::Beside {
        // Its people do not exist: what they are told is only shown.
        post: None,
        caches: None,
        keeper: serve::keeper(config, &room),
        metrics: serve::metrics(config)?,
    };
    serve::answer(room, listening, beside)
}

fn load_once(config: &Config, store: &Store, read: &ReadStore) -> Result<(), CommandError> {
    let empty = read
        .read_here(people::nobody_is_here)
        .map_err(|source: StorageError| CommandError::Database {
            file: config.database.clone(),
            source,
        })?;
    if empty {
        tracing::info!(
            "drawing the sample photos and writing the sample room; this takes a moment"
        );
        let prepared = samples::prepare()?;
        store.write_here(|tx| prepared.load(tx, Clock::machine().now(), None))?;
    }
    Ok(())
}
