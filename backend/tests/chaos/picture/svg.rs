//! SVG, as much of it as a chart needs. Lengths are whole pixels.

use std::fmt::Write as _;

/// A length or a place, in pixels.
pub type Px = i64;

/// A drawing that grows.
#[derive(Debug, Default)]
pub struct Svg(String);

impl Svg {
    /// A rectangle by its upper left corner and its size.
    pub fn rect(&mut self, class: &str, (x, y): (Px, Px), (width, height): (Px, Px)) {
        self.put(format_args!(r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#));
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, (x1, y1): (Px, Px), (x2, y2): (Px, Px)) {
        self.put(format_args!(r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#));
    }

    /// A path by its commands.
    pub fn path(&mut self, class: &str, commands: &str) {
        self.put(format_args!(r#"<path class="{class}" d="{commands}"/>"#));
    }

    /// A text; the class says which end of it is at the place.
    pub fn text(&mut self, class: &str, (x, y): (Px, Px), text: &str) {
        self.put(format_args!(r#"<text class="{class}" x="{x}" y="{y}">{}</text>"#, escaped(text)));
    }

    fn put(&mut self, element: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.0, "{element}");
    }

    /// The whole document.
    pub fn document(&self, title: &str, style: &str, (width, height): (Px, Px)) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
             role=\"img\" aria-labelledby=\"title\">\n<title id=\"title\">{}</title>\n<style>{style}</style>\n{}</svg>\n",
            escaped(title),
            self.0
        )
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // Terminals' colours, say: XML has no way to write them.
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_taken_for_markup_is_text() {
        let mut svg = Svg::default();
        svg.text("t", (1, 2), "a < b && c\u{1b}[31m");
        let document = svg.document("<1>", "", (3, 4));
        assert!(document.contains(r#"<text class="t" x="1" y="2">a &lt; b &amp;&amp; c [31m</text>"#), "{document}");
        assert!(document.contains("&lt;1&gt;</title>"), "{document}");
    }
}
