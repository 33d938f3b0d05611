//! The series that the server issues on: opened, gone on with, their days closed, and what a crash left behind seen to.

pub mod books;
pub mod going_on;
pub mod opening;
pub mod pending;
