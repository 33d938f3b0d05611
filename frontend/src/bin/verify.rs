//! The program that verifies exports, served at `/verify`.

fn main() {
    frontend::start_verify();
}
