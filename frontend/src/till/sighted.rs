//! Which codes a camera has seen lately: one that stays before it is one product, not twenty a second. Pure.

/// For how long a code has to be out of sight, in milliseconds, before it counts as another product of its kind.
const GONE_MS: i64 = 1_200;

/// What a camera sees.
#[derive(Debug, Clone, Default)]
pub(super) struct Sighted {
    /// Codes, each with when it was seen last.
    seen: Vec<(String, i64)>,
}

impl Sighted {
    /// Takes a look at a moment, in milliseconds; tells which codes came into sight.
    pub fn look(&mut self, codes: Vec<String>, at: i64) -> Vec<String> {
        self.seen.retain(|(_, last)| at - last < GONE_MS);
        codes.into_iter().filter(|code| self.is_new(code, at)).collect()
    }

    fn is_new(&mut self, code: &str, at: i64) -> bool {
        let known = self.seen.iter_mut().find(|(known, _)| known == code);
        let is_new = known.is_none();
        match known {
            Some((_, last)) => *last = at,
            None => self.seen.push((code.to_owned(), at)),
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(sighted: &mut Sighted, codes: &[&str], at: i64) -> Vec<String> {
        sighted.look(codes.iter().map(|code| (*code).to_owned()).collect(), at)
    }

    #[test]
    fn what_stays_in_sight_is_one_product() {
        let mut sighted = Sighted::default();
        assert_eq!(look(&mut sighted, &["1"], 0), ["1"]);
        assert!(look(&mut sighted, &["1"], 1_000).is_empty());
        assert!(look(&mut sighted, &[], 1_500).is_empty());
        assert!(look(&mut sighted, &["1"], 2_000).is_empty(), "a blurred picture is no absence");
        assert_eq!(look(&mut sighted, &["1"], 3_200), ["1"]);
    }

    #[test]
    fn several_at_once_are_several() {
        let mut sighted = Sighted::default();
        assert_eq!(look(&mut sighted, &["1", "2", "1"], 0), ["1", "2"]);
        assert_eq!(look(&mut sighted, &["2", "3"], 100), ["3"]);
    }
}
