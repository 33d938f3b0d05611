//! The till's program, served at `/till`.

fn main() {
    frontend::start_till();
}
