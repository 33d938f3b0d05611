//! Finding products as somebody types: accents and case make no difference, every word has to match.

use crate::product::Product;
use memchr::memmem::Finder;

/// The catalogue's texts, folded once so that each search only compares bytes.
///
/// All texts stand in one string: reading it from end to end is what a processor does best, and 100,000 products take
/// some milliseconds, fewer where many names start with what is searched for.
#[derive(Debug, Clone, Default)]
pub struct Index {
    texts: String,
    entries: Vec<Entry>,
    /// The places of products whose SKU has no figure in it, and so looks like any other word.
    wordy: Vec<usize>,
}

/// Where a product's texts stand: its name first, then the shelf, the SKU and the barcode.
#[derive(Debug, Clone, Copy)]
struct Entry {
    start: usize,
    name_end: usize,
    end: usize,
}

/// How well a product matches; the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The query is its SKU or barcode.
    Code,
    /// Its name starts with the query's first word.
    NameStart,
    /// Words of its name start with all words of the query.
    WordStarts,
    /// The words stand somewhere in name, shelf, SKU or barcode.
    Anywhere,
}

/// A product that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Which index has it.
    pub index: usize,
    /// Its place there.
    pub place: usize,
}

/// What is searched for.
struct Words<'a> {
    all: Vec<&'a str>,
    /// The longest word is the rarest, so that most products are passed over without a look at the others.
    rarest: Finder<'a>,
    has_figure: bool,
}

/// Up to `limit` products that match the query in indexes that follow each other: the best first, equals in the order of
/// the indexes and of the products in them. A query without words matches everything.
pub fn find(indexes: &[&Index], query: &str, limit: usize) -> Vec<Hit> {
    let query = fold(query);
    let words: Vec<_> = query.split_whitespace().collect();
    let all = || indexes.iter().enumerate();
    let Some(rarest) = words.iter().copied().max_by_key(|word| word.len()) else {
        let places = |(index, of): (usize, &&Index)| (0..of.entries.len()).map(move |place| Hit { index, place });
        return all().flat_map(places).take(limit).collect();
    };
    let rarest = Finder::new(rarest);
    let query = Words { rarest, has_figure: query.bytes().any(|byte| byte.is_ascii_digit()), all: words };
    let mut hits: [Vec<Hit>; 4] = Default::default();
    if !query.has_figure {
        // Those that the search may end before it meets.
        let codes = all().flat_map(|(index, of)| of.wordy_codes(&query.all).map(move |place| Hit { index, place }));
        hits[Rank::Code as usize].extend(codes.take(limit));
    }
    for (index, of) in all() {
        if hits[Rank::NameStart as usize].len() >= limit && !query.has_figure {
            break;
        }
        of.add_hits(index, &query, limit, &mut hits);
    }
    hits.into_iter().flatten().take(limit).collect()
}

impl Index {
    /// Prepares the catalogue for searching.
    pub fn new<'a>(products: impl IntoIterator<Item = &'a Product>) -> Self {
        let mut index = Self::default();
        for product in products {
            index.push(product);
        }
        index
    }

    fn push(&mut self, product: &Product) {
        let start = self.texts.len();
        fold_into(&mut self.texts, &product.name);
        let name_end = self.texts.len();
        let gtin = product.gtin.as_ref().map_or("", |gtin| gtin.as_str());
        for text in [product.category.as_str(), product.sku.as_str(), gtin] {
            self.texts.push('\n');
            fold_into(&mut self.texts, text);
        }
        if !product.sku.as_str().bytes().any(|byte| byte.is_ascii_digit()) {
            self.wordy.push(self.entries.len());
        }
        self.entries.push(Entry { start, name_end, end: self.texts.len() });
        // No match reaches from one product into the next.
        self.texts.push('\n');
    }

    /// The places of up to `limit` products that match the query, the best first, equals in the order of the catalogue.
    /// A query without words matches everything.
    pub fn find(&self, query: &str, limit: usize) -> Vec<usize> {
        find(&[self], query, limit).into_iter().map(|hit| hit.place).collect()
    }

    /// Adds what matches to the hits. What only its code makes the best was found before, unless the query may be such.
    fn add_hits(&self, index: usize, query: &Words<'_>, limit: usize, hits: &mut [Vec<Hit>; 4]) {
        for (place, entry) in self.holding(&query.rarest) {
            let Some(rank) = self.rank(entry, &query.all) else { continue };
            if rank == Rank::Code && !query.has_figure {
                continue;
            }
            let hits = &mut hits[rank as usize];
            if hits.len() < limit {
                hits.push(Hit { index, place });
            } else if rank == Rank::NameStart && !query.has_figure {
                break;
            }
        }
    }

    /// The places of products that the query names by a code that looks like any other word.
    fn wordy_codes(&self, words: &[&str]) -> impl Iterator<Item = usize> {
        self.wordy.iter().copied().filter(move |&place| self.rank_at(place, words) == Some(Rank::Code))
    }

    /// The products whose texts hold a word, in the order of the catalogue.
    fn holding(&self, word: &Finder<'_>) -> impl Iterator<Item = (usize, Entry)> {
        let (mut from, mut place) = (0, 0);
        std::iter::from_fn(move || {
            let at = from + word.find(self.texts.as_bytes().get(from..)?)?;
            place += self.entries.get(place..)?.partition_point(|entry| entry.end <= at);
            let entry = *self.entries.get(place)?;
            from = entry.end;
            Some((place, entry))
        })
    }

    fn rank_at(&self, place: usize, words: &[&str]) -> Option<Rank> {
        self.rank(*self.entries.get(place)?, words)
    }

    fn rank(&self, entry: Entry, words: &[&str]) -> Option<Rank> {
        let all = self.texts.get(entry.start..entry.end)?;
        if !words.iter().all(|word| all.contains(word)) {
            return None;
        }
        let name = self.texts.get(entry.start..entry.name_end)?;
        Some(match words {
            [code] if all.split('\n').skip(2).any(|text| text == *code) => Rank::Code,
            [first, ..] if name.starts_with(first) => Rank::NameStart,
            _ if words.iter().all(|word| starts_a_word(name, word)) => Rank::WordStarts,
            _ => Rank::Anywhere,
        })
    }
}

fn starts_a_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|own| own.starts_with(word))
}

/// A text without accents and capitals, as it is compared.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(&mut folded, text);
    folded
}

fn fold_into(folded: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            // Accents that stand by themselves after their letter (NFD).
            '\u{300}'..='\u{36f}' => {}
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            '’' | 'ʼ' => folded.push('\''),
            '\u{a0}' | '\u{202f}' => folded.push(' '),
            c => folded.extend(c.to_lowercase().map(base_letter)),
        }
    }
}

/// The letter below the accent, for the Latin letters of Western and Central Europe.
const fn base_letter(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' | 'ĺ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ŕ' | 'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn product(place: usize, name: &str) -> Product {
        Product {
            sku: format!("SKU-{place}").parse().unwrap(),
            gtin: (place == 0).then(|| "4006381333931".parse().unwrap()),
            name: name.to_owned(),
            category: "Crèmerie".to_owned(),
            price: 100.into(),
            tax: 550.try_into().unwrap(),
            unit: crate::quantity::Unit::Piece,
            threshold: None,
        }
    }

    fn index(names: &[&str]) -> Index {
        let products: Vec<_> = names.iter().enumerate().map(|(place, name)| product(place, name)).collect();
        Index::new(&products)
    }

    #[test]
    fn accents_case_and_ligatures_make_no_difference() {
        let index = index(&["Œufs frais", "CHÈVRE", "Pâte brisée"]);
        assert_eq!(index.find("oeuf", 9), [0]);
        assert_eq!(index.find("chevre", 9), [1]);
        assert_eq!(index.find("PATE brisee", 9), [2]);
        assert_eq!(index.find("pâ", 9), [2]);
        assert_eq!(index.find("pa\u{302}te", 9), [2]);
    }

    #[test]
    fn every_word_has_to_match() {
        let index = index(&["Jus de pomme 1 L", "Pomme Gala", "Jus d'orange"]);
        assert_eq!(index.find("pomme jus", 9), [0]);
        assert_eq!(index.find("jus poire", 9), Vec::<usize>::new());
        assert_eq!(index.find("cremerie gala", 9), [1]);
    }

    #[test]
    fn the_start_of_a_name_comes_before_the_start_of_a_word_before_the_rest() {
        let index = index(&["Compomme", "Jus de pomme", "Pomme Gala"]);
        assert_eq!(index.find("pom", 9), [2, 1, 0]);
        assert_eq!(index.find("pom", 2), [2, 1]);
    }

    #[test]
    fn codes_find_their_product_first() {
        let index = index(&["Beurre", "SKU-0 de luxe"]);
        assert_eq!(index.find("sku-0", 9), [0, 1]);
        assert_eq!(index.find("4006381333931", 9), [0]);
        assert_eq!(index.find("40063", 9), [0]);
    }

    #[test]
    fn a_word_never_reaches_into_the_next_product_and_a_common_one_ends_the_search_early() {
        let index = index(&["Ab", "Cd", "Ab", "Ab"]);
        assert_eq!(index.find("0cd", 9), Vec::<usize>::new(), "SKU-0 and Cd are neighbours");
        assert_eq!(index.find("ab", 2), [0, 2]);
        assert_eq!(index.find("sku-3", 1), [3]);
    }

    #[test]
    fn a_code_without_a_figure_comes_first_behind_however_many_names() {
        let mut products: Vec<_> = (0..9).map(|place| product(place, "Pain de mie")).collect();
        products.push(Product { sku: "PAIN".parse().unwrap(), ..product(9, "Baguette") });
        assert_eq!(Index::new(&products).find("pain", 3), [9, 0, 1]);
    }

    #[test]
    fn no_query_finds_everything() {
        assert_eq!(index(&["a", "b"]).find("  ", 9), [0, 1]);
    }

    #[test]
    fn the_best_of_all_indexes_comes_first() {
        let indexes = [index(&["Compomme", "Pomme Gala"]), index(&["Pomme bio", "Jus de pomme"])];
        let found = |query, limit| {
            let hits = find(&indexes.each_ref(), query, limit);
            hits.into_iter().map(|hit| (hit.index, hit.place)).collect::<Vec<_>>()
        };
        assert_eq!(found("pom", 9), [(0, 1), (1, 0), (1, 1), (0, 0)]);
        assert_eq!(found("pom", 2), [(0, 1), (1, 0)]);
        assert_eq!(found("", 3), [(0, 0), (0, 1), (1, 0)]);
    }

    proptest! {
        #[test]
        fn a_product_is_found_by_any_part_of_its_name(name in "[A-Za-zéèàçœ]{1,12}( [a-z]{1,6})?", from in 0_usize..12, len in 1_usize..6) {
            let word: String = name.split(' ').next().unwrap_or("").chars().skip(from).take(len).collect();
            prop_assert_eq!(index(&["Zzz", &name]).find(&word, 9).contains(&1), true);
        }

        #[test]
        fn folding_twice_is_folding_once(text in ".{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
