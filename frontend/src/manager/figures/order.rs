//! Keeps lists still while somebody is about to press something in them.

use std::collections::HashSet;
use std::hash::Hash;

/// The order to show: the wanted one, or, while the list has to stand still, the one that is shown, without what is gone
/// and with what came added at its end.
pub fn arrange<K: Clone + Eq + Hash>(shown: &[K], wanted: Vec<K>, still: bool) -> Vec<K> {
    if !still {
        return wanted;
    }
    let there: HashSet<&K> = wanted.iter().collect();
    let mut order: Vec<K> = shown.iter().filter(|key| there.contains(key)).cloned().collect();
    let known: HashSet<K> = order.iter().cloned().collect();
    order.extend(wanted.into_iter().filter(|key| !known.contains(key)));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_still_keeps_its_place() {
        assert_eq!(arrange(&[1, 2, 3], vec![4, 3, 1], true), [1, 3, 4]);
        assert_eq!(arrange(&[1, 2, 3], vec![4, 3, 1], false), [4, 3, 1]);
        assert_eq!(arrange(&[], vec![2, 1], true), [2, 1]);
    }
}
