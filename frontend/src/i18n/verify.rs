//! The page that verifies an export.

use super::language;
use shared::ids::SeriesId;
use shared::verify::{Chain, ExportError, Fault, Finding};

words! {
    title: "Vérifier un export", "Verify an export";
    hint: "Chaînes, empreintes et signatures, dans ce navigateur seul\u{a0}: rien n’est envoyé, aucun serveur n’est interrogé.",
        "Chains, hashes and signatures, in this browser alone: nothing is sent, no server is asked.";
    choose: "Choisir un fichier", "Choose a file";
    choose_hint: "ou le déposer ici\u{a0}: l’export d’un magasin, en JSON Lines", "or drop it here: a store’s export, as JSON lines";
    known: "Clés que vous connaissez (facultatif)", "Keys that you know (optional)";
    known_hint: "Collez-les avant de choisir le fichier\u{a0}: une série signée par une autre clé est alors signalée.",
        "Paste them before you choose the file: a series that is signed by any other key is then a finding.";
    keys: "Clés et fins des séries", "Keys and ends of series";
    key: "clé", "key";
}

/// All is well.
pub fn whole(receipts: &str, entries: &str) -> String {
    language().pick(
        format!(
            "Tickets\u{a0}: {receipts}, entrées de journal\u{a0}: {entries}. Chaque chaîne est entière, chaque signature est de la clé \
             de sa série."
        ),
        format!(
            "Receipts: {receipts}, journal entries: {entries}. Every chain is whole, every signature is by the key of its \
             series."
        ),
    )
}

/// Whether the store's office says that all of it is there.
pub fn sealed(is_sealed: bool) -> &'static str {
    if is_sealed {
        language().pick("Le bureau du magasin a scellé cette archive.", "The store’s office has sealed this archive.")
    } else {
        language().pick("Aucun bureau n’a scellé ce fichier.", "No office has sealed this file.")
    }
}

/// What a file cannot show of itself: whose its keys are, unless they were named, and whether more came after its end.
pub fn beside(knows_keys: bool) -> &'static str {
    if knows_keys {
        return language().pick(
            "Chaque clé est l’une de celles que vous connaissez. Les fins de série viennent du fichier\u{a0}: comparez-les à celles que vous conservez ailleurs.",
            "Every key is one of those that you know. Ends of series come with the file: compare them with those that you keep elsewhere.",
        );
    }
    language().pick(
        "Les clés et les fins de série viennent du fichier\u{a0}: comparez-les à celles que vous conservez ailleurs.",
        "Keys and ends of series come with the file: compare them with those that you keep elsewhere.",
    )
}

/// All is not well, and where to look first.
pub fn first(finding: &Finding) -> String {
    let (place, fault) = (place(finding), fault(finding));
    language().pick(
        format!("Cet export n’est pas ce qui a été signé. Premier signe, {place}\u{a0}: {fault}."),
        format!("This export is not what was signed. The first sign, {place}: {fault}."),
    )
}

/// Which record.
pub fn place(Finding { series: id, chain, number, .. }: &Finding) -> String {
    let (series, (french, english)) = (series(id), record(*chain));
    language().pick(format!("{series} · {french} n° {number}"), format!("{series} · {english} no. {number}"))
}

/// Which series.
pub fn series(series: &SeriesId) -> String {
    let (store, register, letter) = (series.store, series.register, &series.letter);
    let (caisse, till) = if register.sells() {
        (format!("caisse {register}"), format!("register {register}"))
    } else {
        ("bureau".to_owned(), "office".to_owned())
    };
    language().pick(format!("magasin {store}, {caisse} · {letter}"), format!("store {store}, {till} · {letter}"))
}

/// Which record a chain ends with.
pub fn end(chain: Chain, number: u64) -> String {
    let (french, english) = match chain {
        Chain::Receipts => ("dernier ticket", "last receipt"),
        Chain::Journal => ("dernière entrée de journal", "last journal entry"),
    };
    language().pick(format!("{french}, n° {number}"), format!("{english}, no. {number}"))
}

const fn record(chain: Chain) -> (&'static str, &'static str) {
    match chain {
        Chain::Receipts => ("ticket", "receipt"),
        Chain::Journal => ("entrée de journal", "journal entry"),
    }
}

/// What is wrong with it.
pub fn fault(Finding { chain, fault, .. }: &Finding) -> &'static str {
    language().pick(french(*fault, *chain == Chain::Journal), english(*fault))
}

const fn french(fault: Fault, is_entry: bool) -> &'static str {
    match (fault, is_entry) {
        (Fault::Altered, _) => "son contenu a été modifié",
        (Fault::BadSignature, _) => "sa signature n’est pas celle de la clé de sa série",
        (Fault::BrokenLink, false) => "il ne suit pas le ticket d’avant",
        (Fault::BrokenLink, true) => "elle ne suit pas l’entrée d’avant",
        (Fault::Inserted, false) => "il a été ajouté\u{a0}: ce numéro y est déjà",
        (Fault::Inserted, true) => "elle a été ajoutée\u{a0}: ce numéro y est déjà",
        (Fault::Reordered, false) => "il n’est pas à sa place\u{a0}: un numéro plus grand le précède",
        (Fault::Reordered, true) => "elle n’est pas à sa place\u{a0}: un numéro plus grand la précède",
        (Fault::Missing, false) => "il manque",
        (Fault::Missing, true) => "elle manque",
        (Fault::NoKey, _) => "sa série n’a pas de clé dans cet export",
        (Fault::UnknownKey, _) => "la clé de sa série n’est aucune de celles que vous connaissez",
        (Fault::WrongClosing, _) => {
            "ses chiffres ne sont pas ceux des tickets qu’elle clôture, ou ne suivent pas la clôture d’avant"
        }
        (Fault::UncoveredClosing, _) => {
            "elle clôture des tickets, ou suit une clôture, qui ne sont pas dans l’export\u{a0}: ils ont été coupés, ou n’étaient pas encore arrivés"
        }
        (Fault::AfterClosing, _) => "il compte dans une période qui a été clôturée sans lui",
        (Fault::OtherArchive, _) => "la fin de l’archive n’est pas celle qui a été signée quand elle a été faite",
        (Fault::OtherEnd, false) => {
            "la série ne finit pas comme l’export le dit\u{a0}: des tickets ont été coupés ou ajoutés"
        }
        (Fault::OtherEnd, true) => {
            "le journal ne finit pas comme l’export le dit\u{a0}: des entrées ont été coupées ou ajoutées"
        }
        (Fault::OtherHead, false) => "ce n’est pas le ticket que vous connaissez",
        (Fault::OtherHead, true) => "ce n’est pas l’entrée que vous connaissez",
        (Fault::OtherSums, false) => "la série n’a pas le premier ticket, le nombre ou le total que l’export annonce",
        (Fault::OtherSums, true) => "le journal n’a pas la première entrée ou le nombre que l’export annonce",
    }
}

const fn english(fault: Fault) -> &'static str {
    match fault {
        Fault::Altered => "its content was altered",
        Fault::BadSignature => "its signature is not by the key of its series",
        Fault::BrokenLink => "it does not follow the one before it",
        Fault::Inserted => "it was inserted: its number is there already",
        Fault::Reordered => "it is out of order: a later number stands before it",
        Fault::Missing => "it is missing",
        Fault::NoKey => "its series has no key in this export",
        Fault::UnknownKey => "the key of its series is none of those that you know",
        Fault::WrongClosing => {
            "its figures are not those of the receipts that it closes, or do not follow the closing before"
        }
        Fault::UncoveredClosing => {
            "it closes receipts, or follows a closing, that are not in this export: they were cut off, or had not arrived yet"
        }
        Fault::AfterClosing => "it counts in a period that was closed without it",
        Fault::OtherArchive => "what the archive says of its end is not what was signed when it was made",
        Fault::OtherEnd => "the chain does not end as the export says: its end was cut off, or something was put on",
        Fault::OtherHead => "it is not the one that you know",
        Fault::OtherSums => "its chain has not the first record, the count or the total that the export says",
    }
}

/// What was named as a key is none.
pub fn no_key(word: &str) -> String {
    language().pick(
        format!("«\u{a0}{word}\u{a0}» n’est pas une clé publique\u{202f}; le fichier n’a pas été lu. Corrigez-la, puis choisissez-le à nouveau."),
        format!("“{word}” is no public key; the file was not read. Correct it, then choose the file again."),
    )
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
            "Le fichier est coupé\u{a0}: sa dernière ligne manque. Exportez à nouveau.".to_owned(),
            "The file breaks off: its last line is missing. Export again.".to_owned(),
        ),
        ExportError::Count { chain: Chain::Receipts, found, said } => (
            format!("L’export contient {found} tickets et en annonce {said}."),
            format!("The export holds {found} receipts and says that it holds {said}."),
        ),
        ExportError::Count { chain: Chain::Journal, found, said } => (
            format!("L’export contient {found} entrées de journal et en annonce {said}."),
            format!("The export holds {found} journal entries and says that it holds {said}."),
        ),
    };
    language().pick(french, english)
}

/// The browser does not read it.
pub fn unreadable(why: &str) -> String {
    language().pick(
        format!("Le navigateur ne peut pas lire ce fichier\u{a0}: {why}"),
        format!("The browser cannot read this file: {why}"),
    )
}

/// How many findings are not shown.
pub fn more(count: &str) -> String {
    language().pick(format!("… et {count} autres"), format!("… and {count} more"))
}
