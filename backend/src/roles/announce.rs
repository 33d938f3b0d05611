//! Saying where everything is. On standard output: it is what the person who started this is waiting for.

use crate::demo::DemoStore;
use shared::store::Role;
use std::net::SocketAddr;

/// Says where pages and API are, and what to sign in with.
pub fn announce(address: SocketAddr, stores: &[DemoStore]) {
    println!("Comptoir is open.");
    println!("  till      http://{address}/till");
    println!("  manager   http://{address}/manager");
    println!("  API       http://{address}/api/docs");
    for store in stores {
        println!("  {}", sign_in(store));
    }
}

/// `store 1, Lyon Part-Dieu: registers 1, 2; sign in as 1 Ines M. (PIN 1111), …`
fn sign_in(demo: &DemoStore) -> String {
    let registers: Vec<_> = demo.registers.iter().map(ToString::to_string).collect();
    let staff = demo.sellers.iter().map(|(seller, pin)| {
        let role = if seller.role == Role::Manager { "manager " } else { "" };
        format!("{role}{} {} (PIN {pin})", seller.no, seller.name)
    });
    let staff: Vec<_> = staff.collect();
    let (store, registers, staff) = (&demo.store, registers.join(", "), staff.join(", "));
    format!("store {}, {}: registers {registers}; sign in as {staff}", store.no, store.name)
}
