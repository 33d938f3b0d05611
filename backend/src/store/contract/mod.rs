//! What every store has to keep, whatever engine it is on.

mod dead_letters;
mod documents;
mod projections;
mod receipts;
mod search;

/// Runs checks on the embedded engine, each in a folder of its own.
macro_rules! on_the_embedded_engine {
    ($($check:ident),* $(,)?) => {
        mod embedded {
            $(
                #[tokio::test]
                async fn $check() {
                    super::$check(&crate::testing::Embedded::new()).await;
                }
            )*
        }
    };
}
use on_the_embedded_engine;
