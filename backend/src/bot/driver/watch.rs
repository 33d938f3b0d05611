//! Watches the WebSocket: what is saved, which alerts are raised, how far the savers are behind.

use super::backoff::Backoff;
use super::floor::Floor;
use super::tally::locked;
use crate::bot::client::Client;
use futures_util::{SinkExt, StreamExt};
use shared::api::live::{ClientFrame, ServerFrame};
use shared::ids::StoreNo;
use shared::notice::{Alert, Notice, SeriesStatus};
use shared::picture::Snapshot;
use shared::position::Position;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use tokio_util::sync::CancellationToken;

/// A connection that has said nothing for so long is dead: the server gives a sign of life every few seconds.
const SILENCE: Duration = Duration::from_secs(30);
/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(10);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Watches all stores, since a run's stores are many.
pub struct Watcher {
    client: Client,
    floor: Arc<Floor>,
    /// Cancelled when the first snapshot has come.
    ready: CancellationToken,
    /// How far each store's picture reaches; older notices are skipped.
    positions: BTreeMap<StoreNo, Position>,
}

impl Watcher {
    /// A watcher that cancels `ready` when it sees everything from there on.
    pub const fn new(client: Client, floor: Arc<Floor>, ready: CancellationToken) -> Self {
        Self { client, floor, ready, positions: BTreeMap::new() }
    }

    /// Watches until `stop`, connecting again whenever the connection ends.
    pub async fn watch(mut self, mut backoff: Backoff, stop: CancellationToken) {
        let watching = async {
            loop {
                match self.connect().await {
                    Ok(socket) => {
                        backoff.reset();
                        self.read(socket).await;
                    }
                    Err(reason) => tracing::debug!(%reason, "the live connection cannot be opened"),
                }
                tokio::time::sleep(backoff.after(None)).await;
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = watching => {}
        }
    }

    async fn connect(&self) -> Result<Socket, String> {
        let request = self.client.live().map_err(|error| error.to_string())?;
        let connecting = tokio_tungstenite::connect_async_with_config(request, None, true);
        let connected = tokio::time::timeout(CONNECT, connecting).await.map_err(|_| "no answer in time".to_owned())?;
        let (mut socket, _) = connected.map_err(|error| error.to_string())?;
        let subscribe =
            serde_json::to_string(&ClientFrame::Subscribe { store: None }).map_err(|error| error.to_string())?;
        socket.send(Message::text(subscribe)).await.map_err(|error| error.to_string())?;
        Ok(socket)
    }

    async fn read(&mut self, mut socket: Socket) {
        while let Ok(Some(message)) = tokio::time::timeout(SILENCE, socket.next()).await {
            match message {
                Ok(Message::Text(text)) => self.take_text(&text),
                Ok(Message::Close(frame)) => {
                    tracing::debug!(?frame, "the server closed the live connection");
                    return;
                }
                Ok(_) => {}
                Err(error) => return lost(&error),
            }
        }
    }

    fn take_text(&mut self, text: &str) {
        match serde_json::from_str(text) {
            Ok(ServerFrame::Snapshot { stores }) => self.take_snapshot(stores),
            Ok(ServerFrame::Notice(notice)) => self.take_notice(&notice),
            Ok(ServerFrame::Heartbeat { backlog, .. }) => self.floor.tally.backlog.store(backlog, Relaxed),
            Ok(ServerFrame::Catalogue { .. } | ServerFrame::Stores) => {}
            Err(error) => self.floor.tally.fault(format!("a live frame cannot be read: {error}")),
        }
    }

    fn take_snapshot(&mut self, stores: Vec<Snapshot>) {
        for snapshot in stores {
            let known = self.positions.entry(snapshot.store).or_default();
            if self.floor.has(snapshot.store) && *known <= snapshot.position {
                *known = snapshot.position;
                take_store(&self.floor, &snapshot);
            }
        }
        self.ready.cancel();
    }

    fn take_notice(&mut self, notice: &Notice) {
        self.floor.tally.backlog.store(notice.backlog, Relaxed);
        let known = self.positions.entry(notice.store).or_default();
        if *known < notice.position && self.floor.has(notice.store) {
            *known = notice.position;
            // Alerts first: what they measure is gone once their causes are released.
            notice.raised.iter().for_each(|alert| raise(&self.floor, alert));
            take_shelves(&self.floor, notice, take_saved(&self.floor, notice));
            // Also what a notice said that was lost.
            take_series(&self.floor, notice.store, &notice.series);
        }
    }
}

fn lost(error: &tungstenite::Error) {
    tracing::debug!(%error, "the live connection is lost");
}

fn take_store(floor: &Floor, snapshot: &Snapshot) {
    // Alerts first here too: one whose notice was lost has come this late.
    snapshot.alerts.iter().for_each(|alert| raise(floor, alert));
    take_series(floor, snapshot.store, &snapshot.series);
    locked(&floor.shelves).open_alerts(snapshot.store, &snapshot.alerts);
}

/// Counts an alert that was not seen before, and how long it took where its cause is a receipt that waits to be saved.
fn raise(floor: &Floor, alert: &Alert) {
    if !floor.see(alert) {
        return;
    }
    floor.tally.alerts.fetch_add(1, Relaxed);
    let posted = floor.registers_of(alert.store).find_map(|register| register.first_post_of(alert.cause));
    if let Some(posted) = posted {
        floor.tally.alert.record(posted.elapsed());
    }
}

/// Releases all that is saved, also long ago.
fn take_series(floor: &Floor, store: StoreNo, series: &[SeriesStatus]) {
    for status in series {
        if let Some(register) = floor.holder(store, status.register, &status.letter) {
            register.saved_all(&status.saved);
        }
    }
}

/// Releases what is saved; gives when the latest of it was posted.
fn take_saved(floor: &Floor, notice: &Notice) -> Option<Instant> {
    let posted = notice
        .saved
        .iter()
        .filter(|saved| !saved.altered)
        .filter_map(|saved| floor.holder(notice.store, saved.register, &saved.series)?.saved(saved.number));
    posted.max()
}

fn take_shelves(floor: &Floor, notice: &Notice, posted: Option<Instant>) {
    let mut shelves = locked(&floor.shelves);
    notice.raised.iter().for_each(|alert| shelves.raised(alert));
    shelves.levels(notice.store, &notice.levels);
    notice.cleared.iter().for_each(|alert| shelves.cleared(alert));
    // A receipt's first post may be long before the log took it, but the log took it after that.
    if let Some(posted) = posted {
        shelves.levels_reach(notice.store, posted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::client::Target;
    use crate::bot::driver::register::{Issued, Register};
    use crate::bot::driver::tally::Tally;
    use crate::bot::generator::{Place, StoreIndex};
    use crate::testing::{Till, at, empty_notice};
    use ed25519_dalek::SigningKey;
    use shared::chain::{Head, Sealed};
    use shared::ids::{EventId, ReceiptNo};
    use shared::money::Currency;
    use shared::picture::Picture;
    use shared::receipt::Receipt;

    /// A watcher of one register that has issued three receipts.
    fn watcher(till: &mut Till) -> Watcher {
        let tally = Arc::new(Tally::new().unwrap());
        let (place, key) = (Place { store: StoreIndex(0), register: 0 }, SigningKey::from_bytes(&[7; 32]));
        let register =
            Register::new(place, till.series().clone(), Head::GENESIS, Currency::default(), key, Arc::clone(&tally));
        for _ in 0..3 {
            let receipt = till.sell(&[("A", 1)]);
            let issued = Issued { id: receipt.body.id, hash: receipt.hash };
            register.issued(receipt.body.number, issued, b"{}".to_vec());
        }
        register.close();
        let target = Target { base_url: "http://127.0.0.1:1".to_owned(), token: String::new() };
        let floor = Floor::new(vec![register], BTreeMap::new(), tally);
        Watcher::new(Client::new(&target).unwrap(), Arc::new(floor), CancellationToken::new())
    }

    fn status(till: &Till, saved: &[u64]) -> SeriesStatus {
        let mut ranges = shared::ranges::Ranges::default();
        for number in saved {
            ranges.insert(*number);
        }
        let series = till.series();
        SeriesStatus {
            register: series.register,
            letter: series.letter.clone(),
            saved: ranges,
            head: Head::GENESIS,
            copies: 0,
            gap_since: None,
            journal: None,
        }
    }

    fn alert(receipt: &Sealed<Receipt>) -> Alert {
        Alert {
            store: receipt.body.store,
            sku: "A".parse().unwrap(),
            raised: at(1),
            cause: receipt.body.id.into(),
            raised_at: jiff::Timestamp::UNIX_EPOCH,
            on_hand: 1.into(),
            par: 20.into(),
            cleared_at: None,
        }
    }

    fn tallied(watcher: &Watcher) -> (u64, u64) {
        (watcher.floor.tally.alerts.load(Relaxed), watcher.floor.tally.alert.count())
    }

    #[test]
    fn an_alert_that_comes_with_a_snapshot_counts_with_the_time_it_took() {
        let mut till = Till::new(1, 1);
        let mut watcher = watcher(&mut till);
        let register = Arc::clone(watcher.floor.registers().next().unwrap());
        while register.next_batch(9).is_some() {}
        let caused = Till::new(1, 1).sell(&[("A", 1)]);
        let mut snapshot = Snapshot::from(Picture::empty(till.series().store));
        snapshot.alerts = vec![alert(&caused)];
        watcher.take_snapshot(vec![snapshot.clone()]);
        assert_eq!(tallied(&watcher), (1, 1));
        watcher.take_snapshot(vec![snapshot.clone()]);
        assert_eq!(tallied(&watcher), (1, 1), "it is seen once");
        snapshot.alerts = vec![Alert { raised: at(2), cause: EventId::mint(9, &[9; 10]), ..alert(&caused) }];
        watcher.take_snapshot(vec![snapshot]);
        assert_eq!(tallied(&watcher), (2, 1), "nobody's receipt has caused it");
    }

    #[test]
    fn what_a_lost_notice_said_is_let_go_of_by_the_next_that_tells_of_its_series() {
        let mut till = Till::new(1, 1);
        let mut watcher = watcher(&mut till);
        let register = Arc::clone(watcher.floor.registers().next().unwrap());
        while register.next_batch(9).is_some() {}
        register.accepted((1..=3).map(|number| ReceiptNo::try_from(number).unwrap()));
        watcher.take_notice(&Notice { series: vec![status(&till, &[1, 2])], ..empty_notice(2) });
        assert_eq!(register.load(), (0, 1));
        watcher.take_notice(&Notice { series: vec![status(&till, &[1, 2, 3])], ..empty_notice(2) });
        assert!(!register.is_done(), "a notice that is not later than the picture tells nothing");
        watcher.take_notice(&Notice { series: vec![status(&till, &[1, 2, 3])], ..empty_notice(3) });
        assert!(register.is_done());
        assert_eq!(watcher.positions[&till.series().store], at(3));
    }
}
