//! Whoever takes part.

use std::fmt;

/// A process, or a group of them that lives and dies together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actor {
    /// The event log.
    Kafka,
    /// The database.
    Database,
    /// The web tier that the bots who sell all along talk to.
    FirstWeb,
    /// The web tier that the till and the bots who sell by turns talk to.
    SecondWeb,
    /// A saver.
    FirstSaver,
    /// Another one.
    SecondSaver,
    /// Bots that sell from the beginning to the end.
    Bots,
    /// Bots that are followed by others: audited in every calm, or killed.
    Shift,
    /// A till in a real browser.
    Till,
}

impl Actor {
    /// Everyone, in the order of the picture's lanes.
    pub const ALL: [Self; 9] = [
        Self::Kafka,
        Self::Database,
        Self::FirstWeb,
        Self::SecondWeb,
        Self::FirstSaver,
        Self::SecondSaver,
        Self::Bots,
        Self::Shift,
        Self::Till,
    ];

    /// The name on the picture.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kafka => "Kafka",
            Self::Database => "database",
            Self::FirstWeb => "web 1",
            Self::SecondWeb => "web 2",
            Self::FirstSaver => "saver 1",
            Self::SecondSaver => "saver 2",
            Self::Bots => "bots all along",
            Self::Shift => "bots by turns",
            Self::Till => "till in a browser",
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
