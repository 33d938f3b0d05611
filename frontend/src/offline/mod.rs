//! What a till does where no server answers: whom it lets in, and what it knows of its stores.

mod reception;
mod unconfirmed;
mod verifier;

pub use reception::{Reception, approve, forget_shift, remember_arrival, resumed, stores};
pub use unconfirmed::sign_in_again;
