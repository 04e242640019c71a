//! The only file that names a database: pools, pragmas, transactions.

use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use diesel::connection::{Connection as _, InstrumentationEvent, SimpleConnection};
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool};

use super::StorageError;
use super::change::{Ended, Seat, WriteTx, within};
use super::epoch::Epoch;
use super::line::{Line, Written};
use super::migrating::bring_up_to_date;
use super::turns::{Turn, Turns};
#[expect(
    clippy::disallowed_types,
    reason = "the one place that names a database"
)]
use diesel::sqlite::SqliteConnection;

#[expect(
    clippy::disallowed_types,
    reason = "the one place that names a database"
)]
pub(super) type Connection = SqliteConnection;

const READERS: u32 = 4;
/// How many may wait for one of the readers, and how long: a page takes a few milliseconds.
const READS_WAITING: usize = 512;
const READS_WAIT: Duration = Duration::from_secs(2);
/// The same for the one that writes; whoever writes would lose more by being sent away.
const WRITES_WAITING: usize = 256;
const WRITES_WAIT: Duration = Duration::from_secs(10);
const BUSY_MILLIS: u32 = 5_000;

/// Is told every statement that runs, with its parameters; tests and slow logs listen.
pub type Watch = Arc<dyn Fn(&str) + Send + Sync>;

/// Writes: one connection, so that writers wait in line instead of failing.
#[derive(Clone)]
pub struct Store {
    pool: Pool<ConnectionManager<Connection>>,
    turns: Turns,
    epoch: Arc<Epoch>,
    line: Arc<Line>,
    seat: Option<Arc<Seat>>,
}

/// Reads only: the database itself refuses a write on these connections.
#[derive(Clone)]
pub struct ReadStore {
    pool: Pool<ConnectionManager<Connection>>,
    turns: Turns,
    epoch: Arc<Epoch>,
}

/// One snapshot of the room.
pub struct ReadTx<'a> {
    connection: &'a mut Connection,
}

impl<'a> ReadTx<'a> {
    pub(super) fn of(connection: &'a mut Connection) -> Self {
        Self { connection }
    }

    pub(super) fn connection(&mut self) -> &mut Connection {
        self.connection
    }
}

/// Opens the file, makes it where it is missing, and brings its tables up to date.
pub fn open(file: &Path, watch: Option<Watch>) -> Result<(Store, ReadStore), StorageError> {
    let address = file.to_string_lossy().into_owned();
    make_private(file)?;
    try_out(&address)?;
    let writer = pool(
        &address,
        1,
        Settings {
            read_only: false,
            watch: watch.clone(),
        },
    )?;
    migrate(&writer)?;
    let readers = pool(
        &address,
        READERS,
        Settings {
            read_only: true,
            watch,
        },
    )?;
    let epoch = Epoch::of(file, keeper(&address)?)?;
    let store = Store {
        pool: writer,
        turns: Turns::new(1, WRITES_WAITING, WRITES_WAIT),
        epoch: epoch.clone(),
        seat: None,
        line: Arc::default(),
    };
    let read = ReadStore {
        pool: readers,
        turns: Turns::new(
            usize::try_from(READERS).unwrap_or(1),
            READS_WAITING,
            READS_WAIT,
        ),
        epoch,
    };
    Ok((store, read))
}

/// A new file is its owner's alone: it holds password hashes and texts that are not out yet.
fn make_private(file: &Path) -> Result<(), StorageError> {
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file);
    match made {
        Ok(_made) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(StorageError::File(error)),
    }
}

/// A file that is no database says so at once; a pool would go on trying until its patience ends.
fn try_out(address: &str) -> Result<(), StorageError> {
    Connection::establish(address)
        .map_err(|source| StorageError::NoDatabase(source.to_string()))?
        .batch_execute("PRAGMA schema_version")
        .map_err(|source| StorageError::NoDatabase(source.to_string()))
}

/// A connection that only holds the file open, as one that has read from it does.
fn keeper(address: &str) -> Result<Connection, StorageError> {
    let failed = |source: &dyn std::fmt::Display| StorageError::NoDatabase(source.to_string());
    let mut connection = Connection::establish(address).map_err(|source| failed(&source))?;
    connection
        .batch_execute(
            "PRAGMA query_only = ON; PRAGMA user_version; SELECT 1 FROM sqlite_schema LIMIT 1;",
        )
        .map_err(|source| failed(&source))?;
    Ok(connection)
}

fn pool(
    address: &str,
    size: u32,
    settings: Settings,
) -> Result<Pool<ConnectionManager<Connection>>, StorageError> {
    Pool::builder()
        .max_size(size)
        .min_idle(Some(1))
        .connection_timeout(Duration::from_secs(10))
        // A file does not hang up: asking it before every use would be a statement for nothing.
        .test_on_check_out(false)
        .max_lifetime(None)
        .idle_timeout(None)
        .connection_customizer(Box::new(settings))
        .build(ConnectionManager::new(address))
        .map_err(StorageError::Connection)
}

fn migrate(writer: &Pool<ConnectionManager<Connection>>) -> Result<(), StorageError> {
    let mut connection = writer.get().map_err(StorageError::Connection)?;
    bring_up_to_date(&mut connection)
}

/// A connection outside of any pool, for work on a file as a whole; it makes no file.
pub(super) fn alone(file: &Path) -> Result<Connection, StorageError> {
    std::fs::metadata(file).map_err(StorageError::File)?;
    let address = file.to_string_lossy();
    let mut connection = Connection::establish(&address)
        .map_err(|source| StorageError::NoDatabase(source.to_string()))?;
    connection.batch_execute(&format!("PRAGMA busy_timeout = {BUSY_MILLIS}"))?;
    Ok(connection)
}

/// A new database in memory that has today's tables and nothing in them.
pub(super) fn pattern() -> Result<Connection, StorageError> {
    let mut connection = Connection::establish(":memory:")
        .map_err(|source| StorageError::NoDatabase(source.to_string()))?;
    bring_up_to_date(&mut connection)?;
    Ok(connection)
}

struct Settings {
    read_only: bool,
    watch: Option<Watch>,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("read_only", &self.read_only)
            .finish_non_exhaustive()
    }
}

impl CustomizeConnection<Connection, diesel::r2d2::Error> for Settings {
    fn on_acquire(&self, connection: &mut Connection) -> Result<(), diesel::r2d2::Error> {
        // FULL and not NORMAL: what was acknowledged survives a power cut, also in WAL mode.
        connection
            .batch_execute(&format!(
                "PRAGMA busy_timeout = {BUSY_MILLIS}; PRAGMA journal_mode = WAL; \
                 PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                 PRAGMA cache_size = -8000; PRAGMA query_only = {};",
                if self.read_only { "ON" } else { "OFF" }
            ))
            .map_err(diesel::r2d2::Error::QueryError)?;
        if let Some(watch) = self.watch.clone() {
            connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
                if let InstrumentationEvent::StartQuery { query, .. } = event {
                    watch(&query.to_string());
                }
            });
        }
        Ok(())
    }
}

impl Store {
    /// The same store for somebody who is signed in there: the journal names it with what they do.
    #[must_use]
    pub fn seated(&self, seat: Seat) -> Self {
        Self {
            seat: Some(Arc::new(seat)),
            ..self.clone()
        }
    }

    /// Runs one change in a transaction of its own, off the async threads.
    pub async fn write<T, E, F>(&self, change: F) -> Result<T, E>
    where
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let store = self.clone();
        let turn = self.line.comes_to(self.turns.take()).await?;
        off_the_async_threads(turn, move || store.write_here(change)).await
    }

    /// The same on this thread, for the command line.
    pub fn write_here<T, E, F>(&self, change: F) -> Result<T, E>
    where
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
        E: From<StorageError>,
    {
        let mut connection = self.line.wait(|| self.pool.get())?;
        within(&mut connection, self.seat.as_deref(), change)
    }

    /// What became of the changes so far.
    pub fn written(&self) -> Written {
        self.line.written()
    }

    /// Runs one change that readers cannot see, such as a session or unsaved words: the content
    /// epoch stands.
    pub async fn jot<T, E, F>(&self, change: F) -> Result<T, E>
    where
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let store = self.clone();
        let turn = self.line.comes_to(self.turns.take()).await?;
        off_the_async_threads(turn, move || store.jot_here(change)).await
    }

    /// The same on this thread.
    pub fn jot_here<T, E, F>(&self, change: F) -> Result<T, E>
    where
        F: FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
        E: From<StorageError>,
    {
        let (done, before) = self.write_here(|tx| {
            let before = self.epoch.before();
            change(tx).map(|done| (done, before))
        })?;
        self.epoch.overlook(before);
        Ok(done)
    }
}

impl ReadStore {
    /// Rises with every change that readers could see; what was read under a number holds while
    /// the number stands.
    pub fn epoch(&self) -> u64 {
        self.epoch.now()
    }

    /// Reads from one snapshot, off the async threads.
    pub async fn read<T, E, F>(&self, question: F) -> Result<T, E>
    where
        F: FnOnce(&mut ReadTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let store = self.clone();
        let turn = self.turns.take().await?;
        off_the_async_threads(turn, move || store.read_here(question)).await
    }

    /// The same on this thread, for the command line.
    pub fn read_here<T, E, F>(&self, question: F) -> Result<T, E>
    where
        F: FnOnce(&mut ReadTx<'_>) -> Result<T, E>,
        E: From<StorageError>,
    {
        let mut connection = self
            .pool
            .get()
            .map_err(|_line_is_long| StorageError::Busy)?;
        connection
            .transaction(|connection| question(&mut ReadTx { connection }).map_err(Ended::Caller))
            .map_err(Ended::into_caller)
    }
}

async fn off_the_async_threads<T, E, F>(turn: Turn, work: F) -> Result<T, E>
where
    F: FnOnce() -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<StorageError> + Send + 'static,
{
    let work = move || {
        let done = work();
        drop(turn);
        done
    };
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|cause| Err(StorageError::CutOff(cause).into()))
}
