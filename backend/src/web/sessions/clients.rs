//! Wrong PINs by the client that sends them: whoever tries one PIN on every number meets no number's lock-out.

use crate::model::attempts::LockedOut;
use crate::model::patience::Patience;
use jiff::Timestamp;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many clients are remembered at most: some 300 kB.
const MOST: usize = 10_000;

/// The bits of an IPv6 address that name a network; whoever has one has all addresses in it (RFC 6177 §2).
const NETWORK: u128 = !0 << 64;

/// The patience with each client of this process. It is kept nowhere else: addresses are people's, and a client that meets
/// several instances is still slowed down by each.
#[derive(Default)]
pub struct Clients(Mutex<HashMap<IpAddr, Patience>>);

impl Clients {
    /// Whether a PIN of a client would be looked at.
    ///
    /// # Errors
    ///
    /// [`LockedOut`] where too many were wrong.
    pub fn look(&self, client: IpAddr, now: Timestamp) -> Result<(), LockedOut> {
        self.known().get(&network(client)).map_or(Ok(()), |patience| patience.charge(now).map(drop))
    }

    /// Takes a PIN of a client for a wrong one before it is looked at, until it is said that it was none, or nothing was said.
    ///
    /// # Errors
    ///
    /// [`LockedOut`] where too many were.
    pub fn charge(&self, client: IpAddr, now: Timestamp) -> Result<Try<'_>, LockedOut> {
        let (client, mut known) = (network(client), self.known());
        let charged = known.get(&client).copied().unwrap_or(Patience::WHOLE).charge(now)?;
        if known.len() >= MOST && !known.contains_key(&client) {
            make_room(&mut known, now);
        }
        known.insert(client, charged);
        Ok(Try { clients: self, client, was_wrong: false })
    }

    fn known(&self) -> MutexGuard<'_, HashMap<IpAddr, Patience>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One PIN that is looked at. Where that comes to no end it is held against nobody.
pub struct Try<'a> {
    clients: &'a Clients,
    client: IpAddr,
    was_wrong: bool,
}

impl Try<'_> {
    /// It stays held against the client.
    pub fn was_wrong(mut self) {
        self.was_wrong = true;
    }
}

impl Drop for Try<'_> {
    fn drop(&mut self) {
        if self.was_wrong {
            return;
        }
        if let Some(patience) = self.clients.known().get_mut(&self.client) {
            *patience = patience.refund();
        }
    }
}

/// Forgets whoever there is nothing to remember of, else whoever is the next to be forgotten.
fn make_room(known: &mut HashMap<IpAddr, Patience>, now: Timestamp) {
    known.retain(|_, patience| patience.forgotten_at() > now);
    if known.len() < MOST {
        return;
    }
    let next = known.iter().min_by_key(|(_, patience)| patience.forgotten_at()).map(|(client, _)| *client);
    next.and_then(|client| known.remove(&client));
}

fn network(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & NETWORK).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn wear_out(clients: &Clients, client: IpAddr) {
        while clients.charge(client, at(0)).map(Try::was_wrong).is_ok() {}
    }

    #[test]
    fn each_client_has_its_own_and_a_network_is_one_client() {
        let clients = Clients::default();
        wear_out(&clients, "2001:db8::1".parse().unwrap());
        wear_out(&clients, "192.0.2.1".parse().unwrap());
        for worn_out in ["2001:db8::2", "192.0.2.1", "::ffff:192.0.2.1"] {
            assert!(clients.charge(worn_out.parse().unwrap(), at(0)).is_err(), "{worn_out}");
        }
        for other in ["2001:db8:0:1::1", "192.0.2.2"] {
            assert!(clients.charge(other.parse().unwrap(), at(0)).is_ok(), "{other}");
        }
    }

    #[test]
    fn what_was_not_wrong_or_broke_off_is_held_against_nobody() {
        let (clients, client) = (Clients::default(), IpAddr::from([192, 0, 2, 1]));
        for _ in 0..1_000 {
            drop(clients.charge(client, at(0)).unwrap());
        }
        assert!(clients.look(client, at(0)).is_ok());
        wear_out(&clients, client);
        assert!(clients.look(client, at(0)).is_err());
    }

    #[test]
    fn so_many_are_remembered_and_the_worst_of_them() {
        let clients = Clients::default();
        let worst = IpAddr::from([192, 0, 2, 1]);
        wear_out(&clients, worst);
        for number in 0..2 * u32::try_from(MOST).unwrap() {
            let _ = clients.charge(IpAddr::V4((0x0a00_0000 + number).into()), at(0)).map(Try::was_wrong);
        }
        assert_eq!(clients.known().len(), MOST);
        assert!(clients.charge(worst, at(0)).is_err());
    }
}
