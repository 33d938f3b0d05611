//! Fills in the HTML's placeholders.

use anyhow::{Context, Result};

/// A placeholder's name, and what to put in its place.
pub type Placeholder<'a> = (&'a str, &'a str);

/// Replaces every `{{name}}`.
///
/// # Errors
/// A placeholder that has no value, or no end.
pub fn fill(template: &str, values: &[Placeholder<'_>]) -> Result<String> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").context("a `{{` has no `}}`")?;
        let (_, value) = values
            .iter()
            .find(|(known, _)| *known == name.trim())
            .with_context(|| format!("nothing is known of {{{{{name}}}}}"))?;
        filled.push_str(before);
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [Placeholder<'_>; 2] = [("script", "/assets/a.js"), ("style", "/assets/a.css")];

    #[test]
    fn every_placeholder_is_filled_in() {
        let template = r#"<link href="{{style}}"><script src="{{ script }}"></script><link href="{{style}}">"#;
        let expected = concat!(
            r#"<link href="/assets/a.css"><script src="/assets/a.js"></script>"#,
            r#"<link href="/assets/a.css">"#
        );
        assert_eq!(fill(template, &VALUES).unwrap(), expected);
    }

    #[test]
    fn text_without_placeholders_stays() {
        assert_eq!(fill("<p>{ a } b", &VALUES).unwrap(), "<p>{ a } b");
    }

    #[test]
    fn an_unknown_placeholder_is_an_error() {
        let said = fill("<p>{{scirpt}}", &VALUES).unwrap_err().to_string();
        assert!(said.contains("{{scirpt}}"), "{said}");
    }

    #[test]
    fn an_endless_placeholder_is_an_error() {
        assert!(fill("<p>{{script", &VALUES).is_err());
    }
}
