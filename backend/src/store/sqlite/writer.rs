//! The one writer: a thread that puts whatever waits into one transaction and answers once it is durable.

use crate::store::StoreError;
use rusqlite::Connection;
use std::io;
use std::thread::JoinHandle;
use tokio::sync::{mpsc, oneshot};

/// How many jobs may wait; beyond that the askers wait, so memory stays bounded.
const QUEUE: usize = 1024;

/// How many jobs share a transaction at most. Each commit costs one flush to disk, whatever it holds; a bound keeps the
/// first job's answer from waiting for an endless stream of others.
const GROUP: usize = 256;

/// A piece of work whose answer waits for the commit.
trait Job: Send {
    fn work(&mut self, connection: &Connection);
    fn answer(self: Box<Self>, commit: Result<(), StoreError>);
}

struct Task<T, F> {
    work: Option<F>,
    outcome: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Job for Task<T, F>
where
    T: Send,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send,
{
    fn work(&mut self, connection: &Connection) {
        self.outcome = self.work.take().map(|work| in_savepoint(connection, work));
    }

    fn answer(self: Box<Self>, commit: Result<(), StoreError>) {
        let undone = || Err(StoreError::Unavailable("the transaction was not begun".into()));
        let outcome = self.outcome.unwrap_or_else(undone);
        // Nobody waits any more where the asker has gone; the work is done all the same.
        let _ = self.reply.send(outcome.and_then(|value| commit.map(|()| value)));
    }
}

fn in_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.prepare_cached("SAVEPOINT job")?.execute([])?;
    let outcome = work(connection);
    if connection.is_autocommit() {
        return outcome;
    }
    if outcome.is_err() {
        connection.prepare_cached("ROLLBACK TO job")?.execute([])?;
    }
    connection.prepare_cached("RELEASE job")?.execute([])?;
    outcome
}

/// The handle to the writer's thread; dropping it lets the thread finish what waits and end.
pub struct Writer {
    queue: Option<mpsc::Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread.
    pub fn start(connection: Connection) -> io::Result<Self> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let thread =
            std::thread::Builder::new().name("sqlite-writer".into()).spawn(move || serve(&connection, jobs))?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    /// Runs `work` in the next transaction and resolves once that is durable.
    pub async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let stopped = || StoreError::Unavailable("the writer has stopped".into());
        let (reply, answer) = oneshot::channel();
        let task = Task { work: Some(work), outcome: None, reply };
        let queue = self.queue.as_ref().ok_or_else(stopped)?;
        queue.send(Box::new(task)).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(connection: &Connection, mut jobs: mpsc::Receiver<Box<dyn Job>>) {
    while let Some(first) = jobs.blocking_recv() {
        let mut group = vec![first];
        while group.len() < GROUP {
            let Ok(next) = jobs.try_recv() else { break };
            group.push(next);
        }
        let commit = transact(connection, &mut group);
        for job in group {
            job.answer(commit.clone());
        }
    }
    fold(connection);
}

/// Takes the write-ahead log into the database, so that after a stop one file holds everything. Where a reader keeps it
/// from that, a backup say, SQLite does it when it next has reason to.
fn fold(connection: &Connection) {
    let _ = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
}

/// SQLite gives a whole transaction up on some errors, a full disk among them: what was done in it is undone, and what
/// is left of the group must not be done outside of it.
fn transact(connection: &Connection, group: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
    connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    for job in group {
        job.work(connection);
        if connection.is_autocommit() {
            return Err(StoreError::Unavailable("the transaction was given up".into()));
        }
    }
    let commit = connection.prepare_cached("COMMIT")?.execute([]);
    if commit.is_err() && !connection.is_autocommit() {
        connection.prepare_cached("ROLLBACK")?.execute([])?;
    }
    commit.map(|_| ()).map_err(StoreError::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writer() -> Writer {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (x INTEGER PRIMARY KEY)").unwrap();
        Writer::start(connection).unwrap()
    }

    async fn insert(writer: &Writer, x: i64) -> Result<usize, StoreError> {
        writer.run(move |c| Ok(c.execute("INSERT INTO t VALUES (?1)", [x])?)).await
    }

    #[tokio::test]
    async fn a_failing_job_undoes_itself_and_no_other() {
        let writer = writer();
        let both = |c: &Connection| {
            c.execute("INSERT INTO t VALUES (5)", [])?;
            Ok(c.execute("INSERT INTO t VALUES (1)", [])?)
        };
        let (one, twice, two) = tokio::join!(insert(&writer, 1), writer.run(both), insert(&writer, 2));
        assert!(one.is_ok() && twice.is_err() && two.is_ok());
        let count = writer.run(|c| Ok(c.query_row("SELECT sum(x) FROM t", [], |row| row.get::<_, i64>(0))?)).await;
        assert_eq!(count.unwrap(), 3);
    }

    #[tokio::test]
    async fn after_a_stop_one_file_holds_everything() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data.sqlite");
        let connection = Connection::open(&file).unwrap();
        connection.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (x INTEGER PRIMARY KEY)").unwrap();
        let reader = Connection::open(&file).unwrap();
        let writer = Writer::start(connection).unwrap();
        insert(&writer, 7).await.unwrap();
        drop(writer);
        assert_eq!(reader.query_row("SELECT x FROM t", [], |row| row.get::<_, i64>(0)).unwrap(), 7);
        assert_eq!(std::fs::metadata(folder.path().join("data.sqlite-wal")).unwrap().len(), 0);
    }

    #[tokio::test]
    async fn a_full_disk_is_said_and_the_writer_goes_on() {
        let writer = writer();
        let fill = |c: &Connection| {
            c.execute_batch("CREATE TABLE big (b)")?;
            c.pragma_update(None, "max_page_count", 20)?;
            Ok(c.execute("INSERT INTO big VALUES (zeroblob(1000000))", [])?)
        };
        let filled = writer.run(fill).await;
        assert!(matches!(filled, Err(StoreError::Full(_))), "{filled:?}");
        assert!(insert(&writer, 1).await.is_ok());
    }

    #[tokio::test]
    async fn nobody_is_told_of_a_success_in_a_transaction_that_was_given_up() {
        let writer = writer();
        let give_up = |c: &Connection| {
            c.execute_batch("ROLLBACK")?;
            Err::<(), _>(StoreError::Full("no room".into()))
        };
        let (before, failed, after) = tokio::join!(insert(&writer, 1), writer.run(give_up), insert(&writer, 2));
        assert!(matches!(failed, Err(StoreError::Full(_))), "{failed:?}");
        let kept = writer.run(|c| Ok(c.query_row("SELECT count(*) FROM t", [], |row| row.get::<_, usize>(0))?)).await;
        let told = [before, after].iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(kept.unwrap(), told);
    }
}
