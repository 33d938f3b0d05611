//! The wire to a database, which can slow it down, let it refuse writes, or cut a checkpoint off half-way, and counts what is read.
//!
//! It understands just enough of MongoDB's protocol (`OP_MSG`) to tell what a message asks for.

use mongodb::bson::{Document, doc};
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Length, request, answered request, opcode: 32 bits each.
const HEADER: usize = 16;

/// Where the body of an `OP_MSG` begins: behind its header, its flags and its first section's kind.
const BODY: usize = HEADER + 5;

/// `OP_MSG`.
const OPCODE: i32 = 2013;

/// The largest message that a server takes.
const LARGEST: usize = 48_000_000;

/// The code of `OutOfDiskSpace`.
const DISK_FULL: i32 = 14031;

/// What the wire does to what passes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Nothing.
    Calm,
    /// Everything takes so long.
    Slow(Duration),
    /// Writes find the disk full.
    Full,
    /// Of the statements of an update the first half is done; then the connection is gone.
    Cutting,
}

/// A wire, for as long as this lives.
pub struct Wire {
    address: SocketAddr,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

struct Shared {
    server: SocketAddr,
    mood: Mutex<Mood>,
    disturbed: AtomicUsize,
    given: AtomicUsize,
}

impl Wire {
    /// A calm wire to this server.
    pub async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let (mood, [disturbed, given]) = (Mutex::new(Mood::Calm), Default::default());
        let shared = Arc::new(Shared { server, mood, disturbed, given });
        let for_all = Arc::clone(&shared);
        let serving = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let shared = Arc::clone(&for_all);
                // Whatever ends a connection, both ends see it closed.
                tokio::spawn(async move { shared.carry(client).await });
            }
        });
        Self { address, shared, serving }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it does from here on.
    pub fn set(&self, mood: Mood) {
        *self.shared.mood.lock().unwrap_or_else(PoisonError::into_inner) = mood;
        self.shared.disturbed.store(0, Ordering::Relaxed);
    }

    /// How many messages it has disturbed since its mood was set.
    pub fn disturbed(&self) -> usize {
        self.shared.disturbed.load(Ordering::Relaxed)
    }

    /// How many documents the database has given so far.
    pub fn given(&self) -> usize {
        self.shared.given.load(Ordering::Relaxed)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Shared {
    async fn carry(&self, client: TcpStream) -> io::Result<()> {
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = TcpStream::connect(self.server).await?.into_split();
        let (to_client, is_cut) = (tokio::sync::Mutex::new(to_client), AtomicBool::new(false));
        tokio::select! {
            ended = self.ask(from_client, to_server, &to_client, &is_cut) => ended,
            ended = self.answer(from_server, &to_client, &is_cut) => ended,
        }
    }

    async fn ask(
        &self,
        mut from: OwnedReadHalf,
        mut to: OwnedWriteHalf,
        back: &tokio::sync::Mutex<OwnedWriteHalf>,
        is_cut: &AtomicBool,
    ) -> io::Result<()> {
        loop {
            let mut message = read(&mut from).await?;
            if let Mood::Slow(by) = self.mood() {
                tokio::time::sleep(by).await;
            }
            match self.mood() {
                Mood::Full if ["insert", "update", "delete", "findAndModify"].contains(&command(&message)) => {
                    self.disturbed.fetch_add(1, Ordering::Relaxed);
                    back.lock().await.write_all(&refusal(&message)).await?;
                    continue;
                }
                Mood::Cutting => {
                    if let Some(half) = half(&message) {
                        self.disturbed.fetch_add(1, Ordering::Relaxed);
                        is_cut.store(true, Ordering::Relaxed);
                        message = half;
                    }
                }
                Mood::Calm | Mood::Slow(_) | Mood::Full => {}
            }
            to.write_all(&message).await?;
        }
    }

    /// Passes answers on. Of what was cut off the answer is not passed on, but waited for: the half is done then.
    async fn answer(
        &self,
        mut from: OwnedReadHalf,
        to: &tokio::sync::Mutex<OwnedWriteHalf>,
        is_cut: &AtomicBool,
    ) -> io::Result<()> {
        loop {
            let message = read(&mut from).await?;
            if is_cut.load(Ordering::Relaxed) {
                return Ok(());
            }
            self.given.fetch_add(documents(&message), Ordering::Relaxed);
            to.lock().await.write_all(&message).await?;
        }
    }

    fn mood(&self) -> Mood {
        *self.mood.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One whole message.
async fn read(from: &mut OwnedReadHalf) -> io::Result<Vec<u8>> {
    let mut message = vec![0; HEADER];
    from.read_exact(&mut message).await?;
    let length = usize::try_from(number(&message, 0)).unwrap_or(0);
    if !(HEADER..=LARGEST).contains(&length) {
        return Err(io::Error::other(format!("a message of {length} bytes")));
    }
    message.resize(length, 0);
    from.read_exact(&mut message[HEADER..]).await?;
    Ok(message)
}

fn number(message: &[u8], at: usize) -> i32 {
    message.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, i32::from_le_bytes)
}

/// The name of the first element of the body: what the message asks for.
fn command(message: &[u8]) -> &str {
    let is_command = number(message, 12) == OPCODE && message.get(BODY - 1) == Some(&0);
    // Behind the document's length and the element's type.
    let name = message.get(BODY + 5..).filter(|_| is_command).unwrap_or_default();
    let end = name.iter().position(|byte| *byte == 0).unwrap_or(0);
    std::str::from_utf8(&name[..end]).unwrap_or_default()
}

/// An update with the first half of its statements; `None` where it has fewer than two.
fn half(message: &[u8]) -> Option<Vec<u8>> {
    if command(message) != "update" {
        return None;
    }
    let mut body = Document::from_reader(message.get(BODY..)?).ok()?;
    let updates = body.get_array_mut("updates").ok()?;
    let count = updates.len();
    updates.truncate(count / 2);
    (count > 1).then(|| packed(number(message, 4), 0, &body))
}

/// How many documents an answer brings: those of a cursor's batch, or the one that was found and changed.
fn documents(answer: &[u8]) -> usize {
    let body = answer.get(BODY..).filter(|_| number(answer, 12) == OPCODE);
    let Some(Ok(body)) = body.map(Document::from_reader) else { return 0 };
    let of_cursor = |cursor: &Document| {
        let batches = ["firstBatch", "nextBatch"].into_iter().filter_map(|name| cursor.get_array(name).ok());
        batches.map(Vec::len).sum()
    };
    body.get_document("cursor").map_or_else(|_| usize::from(body.get_document("value").is_ok()), of_cursor)
}

/// What a server answers whose disk is full.
fn refusal(message: &[u8]) -> Vec<u8> {
    let body = doc! { "ok": 0.0, "errmsg": "no space left on device", "code": DISK_FULL, "codeName": "OutOfDiskSpace" };
    packed(0, number(message, 4), &body)
}

fn packed(request: i32, answered: i32, body: &Document) -> Vec<u8> {
    let body = body.to_vec().expect("the document can be written");
    let length = i32::try_from(BODY + body.len()).expect("it is short");
    let numbers = [length, request, answered, OPCODE, 0].map(i32::to_le_bytes);
    [numbers.as_flattened(), &[0], &body].concat()
}
