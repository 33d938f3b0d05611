//! Every kind of problem that the API tells of, in one table.

use axum::http::StatusCode;

/// What is the same for every problem of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// Its name, the last part of `type`.
    pub slug: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// The kind in a few words.
    pub title: &'static str,
    /// What became of the data.
    pub safe: &'static str,
    /// What the caller can do.
    pub remedy: &'static str,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $slug:literal $status:ident $title:literal, $safe:expr, $remedy:literal;)*) => {
        /// A kind of problem.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Kind {
            $(#[doc = $title] $(#[$doc])* $name,)*
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// What is the same for every problem of this kind.
            pub const fn facts(self) -> Facts {
                match self {
                    $(Self::$name => Facts {
                        slug: $slug, status: StatusCode::$status, title: $title, safe: $safe, remedy: $remedy,
                    },)*
                }
            }
        }
    };
}

const UNCHANGED: &str = "Nothing was changed.";
const KEEP: &str = "It was not taken: keep it.";
const UNKNOWN: &str = "Whether anything was changed is not known.";

kinds! {
    // The request itself.
    BadJson "bad-json" BAD_REQUEST "The body is not JSON",
        UNCHANGED, "Send one JSON document in UTF-8.";
    BadPath "bad-path" BAD_REQUEST "The address cannot be read",
        UNCHANGED, "Correct the part of the path that the detail names.";
    BadQuery "bad-query" BAD_REQUEST "The query cannot be read",
        UNCHANGED, "Correct the parameter that the detail names.";
    BadBody "bad-body" BAD_REQUEST "The body broke off",
        UNCHANGED, "Send the request again.";
    InvalidContent "invalid-content" UNPROCESSABLE_ENTITY "The body does not have the expected content",
        UNCHANGED, "Correct what the detail names; /api/docs describes every field.";
    NotJson "not-json" UNSUPPORTED_MEDIA_TYPE "The body is not declared as JSON",
        UNCHANGED, "Send it with `Content-Type: application/json`.";
    TooLarge "too-large" PAYLOAD_TOO_LARGE "The body is too large",
        UNCHANGED, "Send less at once.";
    TooMany "too-many" UNPROCESSABLE_ENTITY "Too many entries in one request",
        UNCHANGED, "Send them in several requests.";
    UnknownRoute "unknown-route" NOT_FOUND "There is nothing at this address",
        UNCHANGED, "See /api/docs for what there is.";
    WrongMethod "wrong-method" METHOD_NOT_ALLOWED "This address does not take that method",
        UNCHANGED, "See /api/docs for the methods of each address.";
    CrossSite "cross-site" FORBIDDEN "The request comes from another site",
        UNCHANGED, "Use this server's own pages, or the operator's token.";
    NotWebSocket "not-a-websocket" BAD_REQUEST "This address speaks WebSocket only",
        UNCHANGED, "Connect with a WebSocket client (RFC 6455).";

    // Who asks.
    NotSignedIn "not-signed-in" UNAUTHORIZED "Nobody is signed in",
        UNCHANGED, "Sign in, or send the operator's token.";
    WrongToken "wrong-token" UNAUTHORIZED "The token is not the operator's",
        UNCHANGED, "Send the token that the server was started with.";
    WrongPin "wrong-pin" UNAUTHORIZED "Seller number and PIN do not belong together",
        UNCHANGED, "Check both and try again; a few wrong PINs lock the number for a while.";
    LockedOut "locked-out" TOO_MANY_REQUESTS "Too many wrong PINs or codes",
        UNCHANGED, "Wait for as long as `Retry-After` says.";
    WrongCode "wrong-code" FORBIDDEN "This is not the set-up code",
        UNCHANGED, "The server tells the code where it logs, each time it starts and is not set up yet.";
    Forbidden "forbidden" FORBIDDEN "Not allowed",
        UNCHANGED, "Ask somebody who may: a manager of the store, or the operator.";

    // What it is about.
    UnknownStore "unknown-store" NOT_FOUND "There is no such store",
        UNCHANGED, "Check the number; `GET /api/v1/stores` lists them.";
    UnknownRegister "unknown-register" NOT_FOUND "There is no such register",
        UNCHANGED, "Check the number; the store lists its registers.";
    UnknownSeller "unknown-seller" UNPROCESSABLE_ENTITY "There is no such seller",
        UNCHANGED, "Check the number; the store lists its staff.";
    UnknownStaff "unknown-staff" NOT_FOUND "Nobody who works there has this number",
        UNCHANGED, "Check the number; the store lists its staff.";
    UnknownProduct "unknown-product" UNPROCESSABLE_ENTITY "There is no such product",
        UNCHANGED, "Check the SKU or the barcode against the catalogue.";
    UnknownReceipt "unknown-receipt" NOT_FOUND "There is no such receipt",
        UNCHANGED, "It may not be saved yet: look again in a moment.";
    UnknownBasket "unknown-basket" NOT_FOUND "There is no such basket",
        UNCHANGED, "Open another one: a basket is kept for a day.";
    UnknownLine "unknown-line" NOT_FOUND "There is no such line",
        UNCHANGED, "Read the basket for the lines that it has.";
    UnknownLetter "unknown-letter" NOT_FOUND "There is no such dead letter",
        UNCHANGED, "`GET /api/v1/dead-letters` lists them.";
    UnknownSimulation "unknown-simulation" NOT_FOUND "There is no such simulation",
        UNCHANGED, "`GET /api/v1/simulations` lists them.";

    // What is asked for.
    InvalidStore "invalid-store" UNPROCESSABLE_ENTITY "The store cannot be like this",
        UNCHANGED, "Correct what the detail names.";
    SetUpAlready "set-up-already" CONFLICT "The installation is set up already",
        UNCHANGED, "Sign in at /manager; a manager opens further stores.";
    InvalidSeller "invalid-seller" UNPROCESSABLE_ENTITY "Nobody of the staff can be like this",
        UNCHANGED, "Correct what the detail names.";
    LastManager "last-manager" CONFLICT "The store would be left without a manager",
        UNCHANGED, "Make somebody else of the store a manager first.";
    InvalidProduct "invalid-product" UNPROCESSABLE_ENTITY "The product cannot be sold like this",
        UNCHANGED, "Correct what the detail names.";
    InvalidMovement "invalid-movement" UNPROCESSABLE_ENTITY "The goods cannot be booked like this",
        UNCHANGED, "Correct what the detail names.";
    InvalidQuantity "invalid-quantity" UNPROCESSABLE_ENTITY "This quantity cannot be sold",
        UNCHANGED, "Pieces are whole; a line holds more than 0 and at most 10,000 pieces or kilograms.";
    InvalidPayment "invalid-payment" UNPROCESSABLE_ENTITY "The payment does not fit the basket",
        "Nothing was issued.", "Tender the total; only cash gives change.";
    InvalidSimulation "invalid-simulation" UNPROCESSABLE_ENTITY "The simulation cannot run like this",
        UNCHANGED, "Keep to the ranges that /api/docs describes.";
    EnoughSimulations "enough-simulations" CONFLICT "Enough simulations run already",
        UNCHANGED, "Stop one first.";
    EmptyBasket "empty-basket" UNPROCESSABLE_ENTITY "The basket is empty",
        "Nothing was issued.", "Add a product first.";
    FullBasket "full-basket" CONFLICT "The basket takes no more lines",
        UNCHANGED, "Check it out and open another one.";
    BasketClosed "basket-closed" CONFLICT "The basket has become a receipt",
        "The receipt is issued and stays as it is.", "Open another basket.";
    NumberTaken "number-taken" CONFLICT "The number is taken",
        UNCHANGED, "Choose another one, or leave it out to get the next that is free.";
    NumbersUsedUp "numbers-used-up" CONFLICT "No number is free",
        UNCHANGED, "Name one that can be used again.";
    RegisterHeld "register-held" CONFLICT "Another browser holds the register",
        UNCHANGED, "Choose another register, or claim it again with `take_over`.";
    KeyReplaced "key-replaced" CONFLICT "This key was replaced",
        UNCHANGED, "Make another key and claim the register with it.";
    SelfServiceRegister "self-service-register" CONFLICT "The register serves consumers' baskets",
        UNCHANGED, "Choose another register.";
    RegisterHasTill "register-has-till" CONFLICT "A till issues on this register",
        UNCHANGED, "Choose a register that no till is enrolled on.";
    SeriesUsedUp "series-used-up" CONFLICT "The register has no series or number left",
        UNCHANGED, "Add another register to the store.";

    // Refunds.
    NotRefundable "not-refundable" CONFLICT "This receipt is not refunded here",
        UNCHANGED, "Refund it in its own store; what is no sound receipt of that store takes a manager to look at.";
    InvalidRefund "invalid-refund" UNPROCESSABLE_ENTITY "The lines cannot be refunded like this",
        UNCHANGED, "Name lines of the receipt, each once; pieces are whole, and it is more than 0.";
    MoreThanLeft "more-than-left" CONFLICT "More comes back than is left to refund",
        UNCHANGED, "`GET` of the receipt's refunds says what is left, and who has reserved the rest.";
    RefundReserved "refund-reserved" CONFLICT "Other lines are reserved for this refund",
        UNCHANGED, "Let go of them first, or mint another id for the other lines.";
    RefundIssued "refund-issued" CONFLICT "The refund is issued",
        "The refund stays as it is.", "Mint another id for another refund.";

    // Dead letters.
    UnreadableLetter "unreadable-letter" UNPROCESSABLE_ENTITY "The letter still cannot be read",
        "It stays as it is, and waits.", "Mend what the detail names.";
    LetterMended "letter-mended" CONFLICT "The letter was mended already",
        "What mended it is in the log.", "Nothing needs to be done.";

    // Receipts.
    UnreadableReceipt "unreadable-receipt" UNPROCESSABLE_ENTITY "The receipt cannot be read",
        KEEP, "Send it as it was signed, by the fields that /api/docs describes.";
    UnreadableEntry "unreadable-entry" UNPROCESSABLE_ENTITY "The entry of the journal cannot be read",
        KEEP, "Send it as it was signed, by the fields that /api/docs describes.";
    UnknownSignature "unknown-signature" UNPROCESSABLE_ENTITY "No enrolled key has signed it",
        KEEP, "Enrol the key on its register, then send it again.";

    // The server's own.
    Busy "busy" SERVICE_UNAVAILABLE "Too much at once",
        UNCHANGED, "Try again after `Retry-After`.";
    Starting "starting" SERVICE_UNAVAILABLE "The server is starting",
        UNCHANGED, "Try again after `Retry-After`; /readyz says what it waits for.";
    Stopping "stopping" SERVICE_UNAVAILABLE "The server is stopping",
        UNCHANGED, "Try again in a moment.";
    CutOff "cut-off" SERVICE_UNAVAILABLE "The server stopped before this was done",
        UNKNOWN, "Look whether it was done. Receipts and entries may be sent again: what comes twice counts once.";
    LogUnavailable "log-unavailable" SERVICE_UNAVAILABLE "The event log cannot be written",
        "Nothing is known to be stored: keep what was sent.",
        "Send the same again after `Retry-After`; what comes twice counts once.";
    StoreUnavailable "store-unavailable" SERVICE_UNAVAILABLE "The store cannot be reached",
        UNKNOWN, "Try the same again after `Retry-After`.";
    DiskFull "disk-full" SERVICE_UNAVAILABLE "The server's disk is full",
        UNKNOWN, "The operator has to make room; then try the same again.";
    Internal "internal" INTERNAL_SERVER_ERROR "Something went wrong in the server",
        UNKNOWN, "Try again; if it stays, give the operator the request id of this answer.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own_and_a_failing_status() {
        let slugs: std::collections::BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.facts().slug).collect();
        assert_eq!(slugs.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            let status = kind.facts().status;
            assert!(status.is_client_error() || status.is_server_error(), "{kind:?}");
        }
    }
}
