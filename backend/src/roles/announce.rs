//! Saying where everything is. On standard output: it is what the person who started this is waiting for.

use super::doors::Doors;
use crate::demo::DemoStore;
use shared::store::Role;

/// Says where pages and API are, and what to sign in with, or with which code to set up what nobody manages yet.
pub fn announce(doors: &Doors, stores: &[DemoStore], code: Option<&str>) {
    let url = doors.url();
    println!("Comptoir is open.");
    println!("  till      {url}/till");
    println!("  manager   {url}/manager");
    println!("  API       {url}/api/docs");
    for store in stores {
        println!("  {}", sign_in(store));
    }
    if let Some(code) = code {
        println!("There is no manager yet. The first store, its register and its manager are made at");
        println!("  set-up    {url}/setup#{code}");
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
