//! Chooses bytes by chance, from examples: what there is without libFuzzer. Pure: one seed, one sequence.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// How many changes one input is from an example at most.
const MOST_CHANGES: usize = 8;

/// The longest stretch that one change moves or takes away, and the longest input, in bytes.
const STRETCH: usize = 64;
const LONGEST: usize = 1 << 16;

/// What is put in where it may hurt: the ends of numbers' ranges, and what JSON and lists are made of.
const TOKENS: [&[u8]; 20] = [
    b"0",
    b"-1",
    b"255",
    b"65536",
    b"4294967296",
    b"9007199254740992",
    b"-9223372036854775808",
    b"18446744073709551616",
    b"1e999",
    b"null",
    b"true",
    b"\"\"",
    b"{}",
    b"[]",
    b",",
    b":",
    b"\n",
    b"\\u0000",
    b"\xff",
    "é\u{202e}".as_bytes(),
];

/// Inputs without end.
pub struct Mutator {
    random: ChaCha8Rng,
    examples: Vec<Vec<u8>>,
}

impl Mutator {
    /// From these examples; at least one.
    pub fn new(seed: u64, examples: Vec<Vec<u8>>) -> Self {
        assert!(!examples.is_empty(), "chance alone finds no form");
        Self { random: ChaCha8Rng::seed_from_u64(seed), examples }
    }

    /// An example with one to some changes.
    pub fn next(&mut self) -> Vec<u8> {
        let mut input = self.example().to_vec();
        for _ in 0..self.random.random_range(1..=MOST_CHANGES) {
            self.change(&mut input);
        }
        input.truncate(LONGEST);
        input
    }

    fn example(&mut self) -> &[u8] {
        let place = self.random.random_range(0..self.examples.len());
        &self.examples[place]
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let (from, to) = self.stretch(input.len());
        match self.random.random_range(0..7) {
            0 if from < input.len() => input[from] ^= 1 << self.random.random_range(0..8),
            1 if from < input.len() => input[from] = self.random.random_range(0..=u8::MAX),
            2 => drop(input.drain(from..to)),
            3 => {
                let again = input[from..to].to_vec();
                input.splice(to..to, again);
            }
            4 => {
                let (start, end) = digits(input, from);
                input.splice(start..end, self.token().iter().copied());
            }
            5 => {
                let other = self.example().to_vec();
                let (start, end) = self.stretch(other.len());
                input.splice(from..to, other[start..end].iter().copied());
            }
            _ => drop(input.splice(from..from, self.token().iter().copied())),
        }
    }

    fn token(&mut self) -> &'static [u8] {
        TOKENS[self.random.random_range(0..TOKENS.len())]
    }

    /// A stretch of that many bytes, perhaps of none.
    fn stretch(&mut self, length: usize) -> (usize, usize) {
        let from = self.random.random_range(0..=length);
        (from, self.random.random_range(from..=length.min(from + STRETCH)))
    }
}

/// The number around the next digit from a place on, or nothing there.
fn digits(input: &[u8], from: usize) -> (usize, usize) {
    let is_digit = |at: &usize| input[*at].is_ascii_digit();
    let Some(at) = (from..input.len()).find(is_digit) else { return (from, from) };
    let start = (0..at).rev().take_while(is_digit).last().unwrap_or(at);
    (start, (at..input.len()).take_while(is_digit).last().map_or(at, |last| last + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &[u8] = br#"{"a": 12, "b": [3]}"#;

    fn inputs(seed: u64) -> Vec<Vec<u8>> {
        let mut mutator = Mutator::new(seed, vec![EXAMPLE.to_vec(), Vec::new()]);
        (0..20_000).map(|_| mutator.next()).collect()
    }

    #[test]
    fn a_seed_is_a_sequence() {
        assert_eq!(inputs(1), inputs(1));
        assert_ne!(inputs(1), inputs(2));
    }

    #[test]
    fn what_is_likely_to_hurt_comes_up() {
        let inputs = inputs(1);
        for (what, wanted) in [
            ("a number at the end of its range", &br#""a": 9007199254740992, "b""#[..]),
            ("a member that is gone", br#"{"b": [3]}"#),
            ("a list in a list", b"[[]"),
            ("what is no text", b"\xff"),
        ] {
            let is_there = |input: &Vec<u8>| input.windows(wanted.len()).any(|window| window == wanted);
            assert!(inputs.iter().any(is_there), "{what}");
        }
    }

    #[test]
    fn the_number_around_a_place_is_the_whole_of_it() {
        assert_eq!((digits(b"a120b", 0), digits(b"a120b", 2), digits(b"ab", 1)), ((1, 4), (1, 4), (1, 1)));
    }
}
