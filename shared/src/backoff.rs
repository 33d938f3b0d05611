//! How long to wait before trying again: longer after each failure, and never all at once.

/// The wait after the first failure, in milliseconds.
const FIRST_MS: u32 = 500;
/// How often the wait doubles: up to 16 seconds, after which a cashier would wonder.
const DOUBLINGS: u32 = 5;

/// The wait before the next try, in milliseconds. `dice` is any random number: half of the wait depends on it, so that a
/// hundred tills that lost the server together do not come back together.
pub fn wait_ms(failures: u32, dice: u32) -> u32 {
    let full = FIRST_MS << failures.saturating_sub(1).min(DOUBLINGS);
    full / 2 + dice % (full / 2 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_limit_and_spread() {
        assert_eq!(wait_ms(1, 0), 250);
        assert_eq!(wait_ms(1, 250), 500);
        assert_eq!(wait_ms(99, 0), 8_000);
        assert!((0..1000).all(|dice| (8_000..=16_000).contains(&wait_ms(u32::MAX, dice * 977))));
    }
}
