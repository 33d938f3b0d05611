//! The files that deploy Comptoir name only what this program knows.

use crate::cli::Cli;
use clap::{Command, CommandFactory as _, Parser as _};
use std::collections::BTreeSet;

const COMPOSE: &str = include_str!("../../docker-compose.yml");
const DOCKERFILE: &str = include_str!("../../Dockerfile");
const EXAMPLE: &str = include_str!("../../.env.example");
const KAFKA_EXAMPLE: &str = include_str!("../../kafka.env.example");

/// What is read from the environment without being an argument too.
const NO_ARGUMENTS: [&str; 2] = ["COMPTOIR_KEY", "COMPTOIR_LOG"];

/// What goes to Kafka's client as it is.
const KAFKAS: &str = "COMPTOIR_KAFKA_";

/// The settings that a command takes from the environment.
fn settings(command: &Command) -> BTreeSet<String> {
    let own = command.get_arguments().filter_map(|argument| argument.get_env()?.to_str().map(ToOwned::to_owned));
    own.chain(command.get_subcommands().flat_map(settings)).chain(NO_ARGUMENTS.map(ToOwned::to_owned)).collect()
}

/// The settings that a text names.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("COMPTOIR_").map(|(start, _)| {
        let rest = &text[start..];
        let end = rest.find(|letter: char| !letter.is_ascii_uppercase() && letter != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

/// The lines of a service, without its name.
fn service(name: &str) -> impl Iterator<Item = &'static str> {
    let is_its_own = |line: &&str| line.is_empty() || line.starts_with("    ") || line.starts_with("  #");
    let lines = COMPOSE.lines().skip_while(move |line| line.trim_end_matches(':') != format!("  {name}")).skip(1);
    lines.take_while(is_its_own).map(str::trim)
}

/// The text with the default of each `${NAME:-default}` in its place.
fn by_default(text: &str) -> String {
    let Some((before, rest)) = text.split_once("${") else { return text.to_owned() };
    let (variable, after) = rest.split_once('}').unwrap();
    let (_, default) = variable.split_once(":-").unwrap();
    format!("{before}{default}{}", by_default(after))
}

#[test]
fn every_setting_that_is_named_is_one() {
    let known = settings(&Cli::command());
    for (file, text) in
        [("compose", COMPOSE), ("Dockerfile", DOCKERFILE), (".env", EXAMPLE), ("kafka.env", KAFKA_EXAMPLE)]
    {
        assert!(named(text).count() > 0, "{file}");
        for name in named(text).filter(|name| !name.starts_with(KAFKAS)) {
            assert!(known.contains(name), "{name} in {file}");
        }
    }
}

#[test]
fn each_service_is_given_what_its_role_knows() {
    for (name, role) in [("web", "web"), ("saver", "saver"), ("bots", "bot")] {
        let known = settings(Cli::command().find_subcommand(role).unwrap());
        let keys = service(name).filter_map(|line| line.split_once(": ")).map(|(key, _)| key);
        let given: Vec<_> = keys.filter(|key| key.starts_with("COMPTOIR_")).collect();
        assert!(!given.is_empty(), "{name}");
        for key in given {
            assert!(known.contains(key), "{key} of {name}");
        }
    }
    assert!(!service("saver").any(|line| line.contains("COMPTOIR_TOKEN") || line.contains("COMPTOIR_KEY")));
}

#[test]
fn commands_of_the_services_are_commands() {
    for name in ["web", "saver"] {
        assert!(service(name).any(|line| line == format!("command: [\"{name}\"]")), "{name}");
        assert!(Cli::try_parse_from(["comptoir", name]).is_ok(), "{name}");
    }
    let words = service("bots").skip_while(|line| *line != "command:").skip(1);
    let words: Vec<_> = words.map_while(|line| line.strip_prefix("- ")).map(by_default).collect();
    let bots = Cli::try_parse_from(std::iter::once("comptoir".to_owned()).chain(words.clone()));
    assert!(bots.is_ok(), "{words:?}: {:?}", bots.err());
}

#[test]
fn the_example_names_every_setting_of_compose() {
    for variable in COMPOSE.split("${").skip(1) {
        let end = variable.find(|letter: char| !letter.is_ascii_uppercase() && letter != '_').unwrap();
        let line = format!("{}=", &variable[..end]);
        let is_there = EXAMPLE.lines().any(|said| said.trim_start_matches('#').starts_with(&line));
        assert!(is_there, "{line} in .env.example");
    }
}
