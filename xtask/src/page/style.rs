//! One style sheet per program, put together from `style/`.
//!
//! A file named after one program or its page (`till.css`, `till_ticket.css`, `manager.css`) is for that one alone, any
//! other is for all. The tokens come first, the base next; cascade layers make the order of all others unimportant, so
//! it is that of their names. Comments, which tell the markup that each sheet expects, stay here.

use std::path::Path;

use anyhow::{Context, Result};

use super::program::{PROGRAMS, Source};
use super::site::files_below;

/// Files that come before all others, in this order.
const FIRST: [&str; 2] = ["tokens.css", "base.css"];

/// The whole style sheet of a program.
pub fn sheet(folder: &Path, program: &Source) -> Result<String> {
    let mut files: Vec<_> = files_below(folder)?.into_iter().filter(|file| belongs(file, program)).collect();
    files.sort_by_key(|file| (rank(file), file.clone()));
    let texts = files
        .iter()
        .map(|file| std::fs::read_to_string(folder.join(file)).with_context(|| format!("reading {}", file.display())))
        .collect::<Result<Vec<_>>>()?;
    Ok(without_comments(&texts.join("\n")))
}

/// The sheet less its comments and the empty lines that they leave.
fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let length = token_length(&rest[at..]);
        let is_comment = rest[at..].starts_with("/*");
        kept.push_str(&rest[..if is_comment { at } else { at + length }]);
        rest = &rest[at + length..];
    }
    kept.push_str(rest);
    let lines = kept.lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Length in bytes of the comment or the string that `css` starts with, or else of its first character, an ASCII one.
fn token_length(css: &str) -> usize {
    if css.starts_with("/*") {
        return css.find("*/").map_or(css.len(), |end| end + 2);
    }
    match css.chars().next() {
        Some(quote @ ('"' | '\'')) => css[1..].find(quote).map_or(css.len(), |end| end + 2),
        _ => 1,
    }
}

/// Whether a file, named from `style/`, is part of a program's sheet.
fn belongs(file: &Path, program: &Source) -> bool {
    let css = file.extension().is_some_and(|extension| extension == "css");
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let subject = stem.split('_').next().unwrap_or_default();
    let another = PROGRAMS.iter().any(|other| other.name != program.name && other.is_called(subject));
    css && !another
}

/// The place of a file among those that come first; all others share the last place.
fn rank(file: &Path) -> usize {
    FIRST.iter().position(|first| Path::new(first) == file).unwrap_or(FIRST.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet_of(program: &Source) -> String {
        let folder = tempfile::tempdir().unwrap();
        for file in ["alerts.css", "base.css", "manager_chart.css", "till.css", "till_ticket.css", "tokens.css", "x.md"]
        {
            std::fs::write(folder.path().join(file), file).unwrap();
        }
        sheet(folder.path(), program).unwrap().replace('\n', " ")
    }

    #[test]
    fn comments_stay_here_and_strings_go_along() {
        let css = "/* a \" quote */\n\na { content: \"/* no comment */\"; } /* b */\nb { c: url(/d.svg); }\n/* open";
        let expected = "a { content: \"/* no comment */\"; }\nb { c: url(/d.svg); }";
        assert_eq!(without_comments(css), expected);
    }

    #[test]
    fn tokens_and_base_come_first_and_each_program_has_its_own() {
        let [till, desk, verify] = &PROGRAMS;
        assert_eq!(sheet_of(till), "tokens.css base.css alerts.css till.css till_ticket.css");
        assert_eq!(sheet_of(desk), "tokens.css base.css alerts.css manager_chart.css");
        assert_eq!(sheet_of(verify), "tokens.css base.css alerts.css");
    }
}
