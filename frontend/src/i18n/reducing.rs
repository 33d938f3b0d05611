//! Discounts.

use super::language;

words! {
    on_sale: "Remise sur tout le ticket", "Discount on the whole ticket";
    how_much: "Montant de la remise", "How much to take off";
    unit: "Unité de la remise", "Unit of the discount";
    in_percent: "%", "%";
    apply: "Appliquer", "Apply";
    take_back: "Sans remise", "No discount";
    too_much: "Cette remise n’est pas possible\u{a0}: plus que 0, et au plus ce qu’il y a à payer.", "That discount is not possible: more than 0, and at most what there is to pay.";
}

/// The discount on one product.
pub fn on_line(name: &str) -> String {
    language().pick(format!("Remise sur {name}"), format!("Discount on {name}"))
}
