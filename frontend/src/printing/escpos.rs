//! A roll of paper, as the bytes of ESC/POS commands (Epson, *ESC/POS Command Reference*). Pure.

use super::charset::encode;

const ESC: u8 = 0x1b;
const GS: u8 = 0x1d;

/// Where text stands on the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
}

/// What goes to a printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Roll {
    columns: usize,
    bytes: Vec<u8>,
}

impl Roll {
    /// A roll with room for so many characters in a row. The printer starts afresh: `ESC @`, and `ESC t 19` for code page 858.
    pub fn of(columns: usize) -> Self {
        Self { columns, bytes: vec![ESC, b'@', ESC, b't', 19] }
    }

    /// All of it.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Where what follows stands: `ESC a`.
    pub fn align(&mut self, align: Align) {
        self.bytes.extend([ESC, b'a', u8::from(align == Align::Center)]);
    }

    /// A row of twice the height and width, in bold: `GS !` and `ESC E`.
    pub fn title(&mut self, text: &str) {
        self.bytes.extend([ESC, b'E', 1, GS, b'!', 0x11]);
        self.wrapped(text, self.columns / 2);
        self.bytes.extend([ESC, b'E', 0, GS, b'!', 0]);
    }

    /// A text, in as many rows as it takes.
    pub fn text(&mut self, text: &str) {
        self.wrapped(text, self.columns);
    }

    /// Something on the left with something on the right, in as many rows as the left takes.
    pub fn pair(&mut self, left: &str, right: &str) {
        let (mut left, right) = (encode(left), encode(right));
        let room = self.columns.saturating_sub(right.len() + 1).max(1);
        while left.len() > room {
            let rest = left.split_off(break_before(&left, room));
            self.row(&left);
            left = rest.trim_ascii_start().to_vec();
        }
        left.resize(self.columns.saturating_sub(right.len()).max(left.len()), b' ');
        left.extend(right);
        self.row(&left);
    }

    /// A [`Roll::pair`] in bold.
    pub fn strong_pair(&mut self, left: &str, right: &str) {
        self.bytes.extend([ESC, b'E', 1, GS, b'!', 0x01]);
        self.pair(left, right);
        self.bytes.extend([ESC, b'E', 0, GS, b'!', 0]);
    }

    /// Columns of equal width, the first on the left, the others on the right of theirs.
    pub fn columns(&mut self, cells: &[String]) {
        let width = self.columns / cells.len().max(1);
        let mut row = Vec::new();
        for (place, cell) in cells.iter().enumerate() {
            let mut cell = encode(cell);
            cell.truncate(width);
            let padding = vec![b' '; width - cell.len()];
            let (first, second) = if place == 0 { (cell, padding) } else { (padding, cell) };
            row.extend(first);
            row.extend(second);
        }
        self.row(&row);
    }

    /// A line across the paper.
    pub fn rule(&mut self) {
        self.row(&vec![b'-'; self.columns]);
    }

    /// A QR code of model 2 with medium error correction: `GS ( k`, functions 165, 167, 169, 180, 181.
    pub fn qr(&mut self, text: &str) {
        self.qr_command(&[0x41, 0x32, 0x00]);
        self.qr_command(&[0x43, 0x05]);
        self.qr_command(&[0x45, 0x31]);
        self.qr_command(&[&[0x50, 0x30], text.as_bytes()].concat());
        self.qr_command(&[0x51, 0x30]);
    }

    fn qr_command(&mut self, parameters: &[u8]) {
        let length = u16::try_from(parameters.len() + 1).unwrap_or(u16::MAX).to_le_bytes();
        self.bytes.extend([GS, b'(', b'k', length[0], length[1], 0x31]);
        self.bytes.extend(parameters);
    }

    /// Feeds the paper past the knife and cuts it: `GS V 66`.
    pub fn cut(&mut self) {
        self.bytes.extend([GS, b'V', 66, 0]);
    }

    /// Opens the drawer that hangs on the printer: `ESC p`, a pulse of 50 ms on its first pin.
    pub fn open_drawer(&mut self) {
        self.bytes.extend([ESC, b'p', 0, 25, 250]);
    }

    fn wrapped(&mut self, text: &str, columns: usize) {
        let mut rest = encode(text);
        while rest.len() > columns.max(1) {
            let later = rest.split_off(break_before(&rest, columns.max(1)));
            self.row(&rest);
            rest = later.trim_ascii_start().to_vec();
        }
        self.row(&rest);
    }

    fn row(&mut self, text: &[u8]) {
        self.bytes.extend(text.trim_ascii_end());
        self.bytes.push(b'\n');
    }
}

/// Where a text is broken so that the first part fits: at its last space, or else in the middle of a word.
fn break_before(text: &[u8], room: usize) -> usize {
    let end = room.min(text.len());
    let fits = text.get(end).is_some_and(|next| *next == b' ');
    if fits {
        return end;
    }
    text[..end].iter().rposition(|byte| *byte == b' ').filter(|place| *place > 0).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(write: impl FnOnce(&mut Roll)) -> Vec<String> {
        let mut roll = Roll::of(20);
        let start = roll.bytes.len();
        write(&mut roll);
        let text = String::from_utf8_lossy(&roll.bytes[start..]).into_owned();
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_pair_fills_the_row_and_a_long_name_takes_more() {
        assert_eq!(rows(|roll| roll.pair("Pain", "1,20")), ["Pain            1,20"]);
        let long = rows(|roll| roll.pair("Baguette de tradition au levain", "1,20"));
        assert_eq!(long, ["Baguette de", "tradition au", "levain          1,20"]);
        let unbroken = rows(|roll| roll.pair("abcdefghijklmnopqrstuvwxyz", "1,20"));
        assert_eq!(unbroken, ["abcdefghijklmno", "pqrstuvwxyz     1,20"]);
    }

    #[test]
    fn text_is_broken_between_words() {
        assert_eq!(rows(|roll| roll.text("Merci de votre visite à Lyon"))[0], "Merci de votre");
        assert_eq!(rows(|roll| roll.text("")), [""]);
    }

    #[test]
    fn columns_stand_under_each_other() {
        let cells = ["A 20", "1,00", "0,20", "1,20"].map(str::to_owned);
        assert_eq!(rows(|roll| roll.columns(&cells)), ["A 20  1,00 0,20 1,20"]);
    }

    #[test]
    fn a_code_states_its_length_and_ends_with_print() {
        let mut roll = Roll::of(20);
        roll.qr("AB");
        let store = [GS, b'(', b'k', 5, 0, 0x31, 0x50, 0x30, b'A', b'B'];
        assert!(roll.bytes.windows(store.len()).any(|window| window == store));
        assert!(roll.bytes.ends_with(&[GS, b'(', b'k', 3, 0, 0x31, 0x51, 0x30]));
    }

    #[test]
    fn no_name_of_a_product_commands_the_printer() {
        let mut roll = Roll::of(20);
        let start = roll.bytes.len();
        roll.text("a\u{1b}p0\u{1d}V0");
        assert!(!roll.bytes[start..].iter().any(|byte| [ESC, GS].contains(byte)));
    }
}
