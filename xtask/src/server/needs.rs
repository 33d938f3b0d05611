//! What building the server takes beside Rust: SQLite, Kafka's client and, with TLS, OpenSSL are compiled with it.

use anyhow::{Result, bail};

/// How to install all of it; what is there already stays as it is.
const REMEDY: &str = "install with `apt-get install build-essential` on Debian or Ubuntu, `dnf install gcc gcc-c++ make \
                      perl` on Fedora, or `xcode-select --install` on macOS";

/// Make, by the name that the build scripts call it.
const MAKE: &str = if cfg!(target_os = "freebsd") { "gmake" } else { "make" };

/// Something that has to be on the path.
struct Need {
    /// What a person calls it.
    name: &'static str,
    /// The programs of which any one does.
    programs: &'static [&'static str],
    /// The environment variable that names another one.
    variable: Option<&'static str>,
    /// The feature that needs it; the server itself does where absent.
    feature: Option<&'static str>,
}

/// Builds of C libraries look for these, in this order. Kafka's client brings a script for bash and a makefile, OpenSSL a
/// script for Perl. What they can do without, such as Python or pkg-config, is not here.
const NEEDS: [Need; 5] = [
    Need { name: "a C compiler (`cc`)", programs: &["cc"], variable: Some("CC"), feature: None },
    Need { name: "a C++ compiler (`c++`)", programs: &["g++", "clang++", "c++"], variable: Some("CXX"), feature: None },
    Need { name: "`make`", programs: &[MAKE], variable: None, feature: None },
    Need { name: "`bash`", programs: &["bash"], variable: None, feature: None },
    Need { name: "`perl`", programs: &["perl"], variable: None, feature: Some("kafka-tls") },
];

/// Names all that is missing at once, `variable` being the environment and `is_there` what is on the path.
pub fn check(
    features: &[String],
    variable: impl Fn(&str) -> Option<String>,
    is_there: impl Fn(&str) -> bool,
) -> Result<()> {
    let missing: Vec<_> = NEEDS
        .iter()
        .filter(|need| need.is_asked_for(features) && !need.is_met(&variable, &is_there))
        .map(|need| need.name)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!("missing for building the server: {}; {REMEDY}", missing.join(" and "))
}

impl Need {
    /// Features are given as to Cargo: several in one argument have commas or spaces between them.
    fn is_asked_for(&self, features: &[String]) -> bool {
        let mut named = features.iter().flat_map(|argument| argument.split([',', ' ']));
        self.feature.is_none_or(|feature| named.any(|name| name == feature))
    }

    /// A variable may name a program with arguments, such as `ccache gcc`.
    fn is_met(&self, variable: impl Fn(&str) -> Option<String>, is_there: impl Fn(&str) -> bool) -> bool {
        let own = self.variable.and_then(variable);
        let own = own.as_deref().and_then(|command| command.split_whitespace().next());
        own.map_or_else(|| self.programs.iter().any(|program| is_there(program)), &is_there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERYTHING: [&str; 5] = ["cc", "g++", "make", "bash", "perl"];

    fn checked(there: &[&str], features: &[&str], variables: &[(&str, &str)]) -> Result<()> {
        let features: Vec<_> = features.iter().map(ToString::to_string).collect();
        let variable =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).into());
        check(&features, variable, |program| there.contains(&program))
    }

    fn without(program: &str) -> String {
        let there: Vec<_> = EVERYTHING.into_iter().filter(|there| *there != program).collect();
        checked(&there, &["kafka-tls"], &[]).unwrap_err().to_string()
    }

    #[test]
    fn who_has_everything_hears_nothing() {
        checked(&EVERYTHING, &["kafka-tls"], &[]).unwrap();
        checked(&["cc", "clang++", "make", "bash"], &[], &[]).unwrap();
    }

    #[test]
    fn whatever_is_missing_is_one_sentence_that_says_what_and_how_to_install_it() {
        for (program, said) in
            [("cc", "`cc`"), ("g++", "`c++`"), ("make", "`make`"), ("bash", "`bash`"), ("perl", "`perl`")]
        {
            let sentence = without(program);
            assert!(sentence.contains(said), "{sentence}");
            assert!(["apt-get install", "dnf install", "macOS"].iter().all(|how| sentence.contains(how)), "{sentence}");
            assert_eq!((sentence.lines().count(), sentence.matches("missing").count()), (1, 1), "{sentence}");
        }
    }

    #[test]
    fn all_that_is_missing_is_named_at_once() {
        let said = checked(&["cc", "bash"], &[], &[]).unwrap_err().to_string();
        assert!(
            said.starts_with("missing for building the server: a C++ compiler (`c++`) and `make`; install"),
            "{said}"
        );
    }

    #[test]
    fn perl_is_for_tls_only() {
        let there = ["cc", "c++", "make", "bash"];
        checked(&there, &[], &[]).unwrap();
        assert!(checked(&there, &["other,kafka-tls"], &[]).is_err());
    }

    #[test]
    fn a_compiler_that_the_environment_names_is_the_one_that_counts() {
        let there = ["ccache", "make", "bash", "g++"];
        checked(&there, &[], &[("CC", "ccache gcc")]).unwrap();
        assert!(checked(&EVERYTHING, &[], &[("CXX", "/opt/gone/c++")]).is_err());
        checked(&EVERYTHING, &[], &[("CC", ""), ("CXX", " ")]).unwrap();
    }
}
