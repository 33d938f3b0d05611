//! The manager's program, served at `/manager`.

fn main() {
    frontend::start_desk();
}
