//! The page that verifies an export.

use super::language;
use shared::verify::{ExportError, Fault, Finding};

words! {
    title: "Vérifier un export", "Verify an export";
    hint: "Chaînes, empreintes et signatures, dans ce navigateur seul : rien n’est envoyé, aucun serveur n’est interrogé.",
        "Chains, hashes and signatures, in this browser alone: nothing is sent, no server is asked.";
    choose: "Choisir un fichier", "Choose a file";
    choose_hint: "ou le déposer ici : l’export d’un magasin, en JSON Lines", "or drop it here: a store’s export, as JSON lines";
}

/// All is well.
pub fn whole(receipts: &str) -> String {
    language().pick(
        format!("{receipts} tickets : chaque chaîne est entière, chaque signature est de la clé de sa série."),
        format!("{receipts} receipts: every chain is whole, and every signature is by the key of its series."),
    )
}

/// What a file cannot show of itself.
pub fn beside() -> &'static str {
    language().pick(
        "Les clés et les fins de série viennent du fichier : comparez-les à celles que vous conservez ailleurs.",
        "Keys and ends of series come with the file: compare them with those that you keep elsewhere.",
    )
}

/// All is not well, and where to look first.
pub fn first(finding: &Finding) -> String {
    let (place, fault) = (place(finding), fault(finding.fault));
    language().pick(
        format!("Cet export n’est pas ce qui a été signé. Premier signe, {place} : {fault}."),
        format!("This export is not what was signed. The first sign, {place}: {fault}."),
    )
}

/// Which receipt.
pub fn place(Finding { series, number, .. }: &Finding) -> String {
    let (store, register, letter) = (series.store, series.register, &series.letter);
    language().pick(
        format!("magasin {store}, caisse {register} · {letter} · n° {number}"),
        format!("store {store}, register {register} · {letter} · no. {number}"),
    )
}

/// What is wrong with it.
pub fn fault(fault: Fault) -> &'static str {
    let (french, english) = match fault {
        Fault::Altered => ("son contenu a été modifié", "its content was altered"),
        Fault::BadSignature => {
            ("sa signature n’est pas celle de la clé de sa série", "its signature is not by the key of its series")
        }
        Fault::BrokenLink => ("il ne suit pas le ticket d’avant", "it does not follow the receipt before it"),
        Fault::Inserted => ("il a été ajouté : ce numéro y est déjà", "it was inserted: its number is there already"),
        Fault::Reordered => (
            "il n’est pas à sa place : un numéro plus grand le précède",
            "it is out of order: a later number stands before it",
        ),
        Fault::Missing => ("il manque", "it is missing"),
        Fault::NoKey => ("sa série n’a pas de clé dans cet export", "its series has no key in this export"),
        Fault::OtherEnd => (
            "la série ne finit pas comme l’export le dit : des tickets ont été coupés ou ajoutés",
            "the series does not end as the export says: receipts were cut off or put on",
        ),
    };
    language().pick(french, english)
}

/// It is no export.
pub fn no_export(error: &ExportError) -> String {
    let (french, english) = match error {
        ExportError::NoHeading => (
            "Ce fichier n’est pas un export que cette version sait lire.".to_owned(),
            "This file is not an export that this version reads.".to_owned(),
        ),
        ExportError::Foreign(line) => (
            format!("La ligne {line} n’a rien à faire dans un export."),
            format!("Line {line} does not belong in an export."),
        ),
        ExportError::NoEnding => (
            "Le fichier est coupé : sa dernière ligne manque. Exportez à nouveau.".to_owned(),
            "The file breaks off: its last line is missing. Export again.".to_owned(),
        ),
        ExportError::Count { found, said } => (
            format!("L’export contient {found} tickets et en annonce {said}."),
            format!("The export holds {found} receipts and says that it holds {said}."),
        ),
    };
    language().pick(french, english)
}

/// The browser does not read it.
pub fn unreadable(why: &str) -> String {
    language().pick(
        format!("Le navigateur ne peut pas lire ce fichier : {why}"),
        format!("The browser cannot read this file: {why}"),
    )
}

/// How many findings are not shown.
pub fn more(count: &str) -> String {
    language().pick(format!("… et {count} autres"), format!("… and {count} more"))
}
