//! How much of what a search finds is shown: as much as the screen does, and more where somebody asks for it.

use leptos::prelude::*;

/// How many tiles come in one frame: more than a common screen shows at once, and as many again until a larger one is full, or
/// when somebody scrolls. What nobody sees would make whoever types wait.
pub(super) const PAGE: usize = 24;

/// What is searched for: words, and the shelf.
pub(super) type Search = (String, Option<usize>);

/// How much of what a search finds is shown.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    /// How many tiles it takes to fill the screen.
    screen: RwSignal<usize>,
    /// How many more of the search that they were asked for.
    more: RwSignal<usize>,
    /// That search: another one does not begin with as many.
    of: StoredValue<Search>,
    sought: Memo<Search>,
}

impl Extent {
    pub(super) fn new(sought: Memo<Search>) -> Self {
        Self { screen: RwSignal::new(PAGE), more: RwSignal::new(0), of: StoredValue::default(), sought }
    }

    /// Another search begins at its top, and so does one that somebody comes back to.
    pub(super) fn begin(self) {
        self.of.set_value(Search::default());
        if self.more.get_untracked() > 0 {
            self.more.set(0);
        }
    }

    /// How many tiles are shown at most.
    pub(super) fn limit(self) -> usize {
        let more = self.more.get();
        let is_same = self.sought.with(|sought| self.of.with_value(|of| of == sought));
        self.screen.get() + if is_same { more } else { 0 }
    }

    /// Shows a page more; of every search, where the screen is not full.
    pub(super) fn extend(self, is_full: bool) {
        if is_full {
            let more = untrack(|| self.limit()) - self.screen.get_untracked();
            self.of.set_value(self.sought.get_untracked());
            self.more.set(more + PAGE);
        } else {
            self.screen.update(|screen| *screen += PAGE);
        }
    }
}
