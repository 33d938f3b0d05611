//! What surrounds every route: request ids, counting, headers, and answers where no handler gives one.

mod client;
mod count;
mod cross_site;
mod fallback;
mod headers;
mod last_call;
mod request_id;
mod span;

pub use client::ClientAddress;
pub use count::count;
pub use cross_site::{is_same_host, refuse_cross_site};
pub use fallback::{panicked, unknown_route, wrong_method};
pub use headers::secure;
pub use last_call::{closing_time, last_call};
pub use request_id::{MintRequestId, RequestId, drop_unfit};
pub use span::span;
