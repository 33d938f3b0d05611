//! What only this engine has to keep. Tests that need its server stand in a module of that name, by which they are chosen.

mod mongodb;
mod watched;

pub use watched::Watched;
