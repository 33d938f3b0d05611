//! Real files: older ones, full ones, and those that cannot be written.

mod full;
mod older;
mod unwritable;
