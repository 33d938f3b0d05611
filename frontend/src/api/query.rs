//! Query strings.

use std::fmt::Display;

/// A path with a query that grows by what is asked for.
#[derive(Debug, Clone)]
pub struct Query(String);

impl Query {
    /// A path without a query.
    pub fn of(path: &str) -> Self {
        Self(path.to_owned())
    }

    /// Adds a criterion, where there is one.
    #[must_use]
    pub fn with(mut self, name: &str, value: Option<&dyn Display>) -> Self {
        if let Some(value) = value {
            self.0.push(if self.0.contains('?') { '&' } else { '?' });
            self.0.push_str(name);
            self.0.push('=');
            escape(&mut self.0, &value.to_string());
        }
        self
    }

    /// The path with its query.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A criterion as [`Query::with`] takes it.
pub(super) fn shown<T: Display>(criterion: Option<&T>) -> Option<&dyn Display> {
    criterion.map(|criterion| criterion as &dyn Display)
}

/// Percent-encodes whatever is not unreserved (RFC 3986 §2.3).
fn escape(path: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push('%');
            path.extend([byte >> 4, byte & 15].map(|half| char::from(b"0123456789ABCDEF"[usize::from(half)])));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn criteria_are_joined_and_escaped() {
        let query = Query::of("/receipts").with("store", Some(&1)).with("x", None).with("cursor", Some(&"a b+é"));
        assert_eq!(query.as_str(), "/receipts?store=1&cursor=a%20b%2B%C3%A9");
    }
}
