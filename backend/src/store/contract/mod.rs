//! What every store has to keep, whatever engine it is on.

mod archive;
mod dead_letters;
mod documents;
mod journal;
mod projections;
mod receipts;
mod refunds;
mod search;

/// Runs checks on every engine, each in a place of its own.
macro_rules! on_every_engine {
    ($($check:ident),* $(,)?) => {
        mod embedded {
            $(
                #[tokio::test]
                async fn $check() {
                    super::$check(&crate::testing::Embedded::new()).await;
                }
            )*
        }
        mod mongodb {
            $(
                #[tokio::test]
                async fn $check() {
                    super::$check(&crate::testing::MongoDatabase::new()).await;
                }
            )*
        }
    };
}
use on_every_engine;
