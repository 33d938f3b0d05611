//! Text for receipt printers: code page 858, which is 850 with the euro sign, and every ESC/POS printer of Europe has. Pure.

/// What the bytes from 0x80 on stand for.
const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// The bytes of a text. What the page does not have is written as what comes nearest, or else as a question mark; control
/// characters, which a printer would obey, are left out.
pub(super) fn encode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        match (byte(c), nearest(c)) {
            (Some(byte), _) => bytes.push(byte),
            (None, Some(near)) => bytes.extend(near.as_bytes()),
            (None, None) => bytes.push(b'?'),
        }
    }
    bytes
}

fn byte(c: char) -> Option<u8> {
    if c.is_ascii() {
        return u8::try_from(c).ok();
    }
    let place = UPPER.chars().position(|known| known == c)?;
    u8::try_from(0x80 + place).ok()
}

const fn nearest(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{2009}' | '\u{202f}' => " ",
        '−' | '–' | '—' | '‑' => "-",
        '’' | '‘' => "'",
        '“' | '”' => "\"",
        '…' => "...",
        'œ' => "oe",
        'Œ' => "OE",
        'Ÿ' => "Y",
        '⇧' => "^",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_128_characters_above_ascii() {
        assert_eq!(UPPER.chars().count(), 128);
        assert_eq!(encode("Éclair à 1,20\u{a0}€"), b"\x90clair \x85 1,20\xff\xd5");
    }

    #[test]
    fn what_the_page_lacks_is_written_as_what_comes_nearest() {
        assert_eq!(encode("l’œuf −0,55\u{202f}€ 寿"), b"l'oeuf -0,55 \xd5 ?");
        assert_eq!(encode("a\u{1b}@\nb"), b"a@b");
    }
}
