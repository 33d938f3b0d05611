//! What the services are made of: jars that Maven fetches once, and the classes that are compiled against them.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::java::Jdk;
use super::kind::Kind;
use super::launch::run_quietly;
use crate::project::Project;

/// The class path of a service: everything it needs, fetched and compiled unless an earlier run has done so.
pub fn class_path(project: &Project, jdk: &Jdk, kind: Kind) -> Result<String> {
    let source = project.root().join("services").join(kind.name());
    let all = project.target().join("services/lib");
    let lib = all.join(kind.name());
    fs::create_dir_all(&all).with_context(|| format!("making {}", all.display()))?;
    let lock = File::create(all.join("lock"))?;
    lock.lock()?;
    let sources = sources(&source)?;
    let stamp = Stamp::of(lib.join("stamp"), &sources)?;
    if !stamp.holds() {
        if lib.exists() {
            fs::remove_dir_all(&lib).with_context(|| format!("removing {}", lib.display()))?;
        }
        fetch(jdk, &source, &lib)?;
        compile(jdk, &sources, &lib)?;
        stamp.write()?;
    }
    Ok(path_of(&lib))
}

/// The classes, and every jar: Java expands the star by itself.
fn path_of(lib: &Path) -> String {
    let separator = if cfg!(windows) { ';' } else { ':' };
    format!("{}{separator}{}", lib.join("classes").display(), lib.join("*").display())
}

/// The project file and the Java sources, in order.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut found = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    found.retain(|path| path.extension().is_some_and(|extension| extension == "java" || extension == "xml"));
    found.sort();
    Ok(found)
}

fn fetch(jdk: &Jdk, source: &Path, lib: &Path) -> Result<()> {
    eprintln!("fetching the jars of {}", source.display());
    run_quietly(
        Command::new(&jdk.maven)
            .args(["-q", "-B", "dependency:copy-dependencies", "-DincludeScope=runtime", "-f"])
            .arg(source.join("pom.xml"))
            .arg(format!("-DoutputDirectory={}", lib.display())),
    )
}

fn compile(jdk: &Jdk, sources: &[PathBuf], lib: &Path) -> Result<()> {
    let mut java_files = sources.iter().filter(|path| path.extension().is_some_and(|end| end == "java")).peekable();
    if java_files.peek().is_none() {
        return Ok(());
    }
    let mut command = Command::new(&jdk.javac);
    run_quietly(command.arg("-cp").arg(lib.join("*")).arg("-d").arg(lib.join("classes")).args(java_files))
}

/// A file that says what the jars and classes beside it were made from. It is written last, so that a run that was cut
/// off is done again.
struct Stamp {
    path: PathBuf,
    content: Vec<u8>,
}

impl Stamp {
    fn of(path: PathBuf, sources: &[PathBuf]) -> Result<Self> {
        let read = |source: &PathBuf| fs::read(source).with_context(|| format!("reading {}", source.display()));
        Ok(Self { path, content: sources.iter().map(read).collect::<Result<Vec<_>>>()?.concat() })
    }

    fn holds(&self) -> bool {
        fs::read(&self.path).is_ok_and(|held| held == self.content)
    }

    fn write(&self) -> Result<()> {
        fs::write(&self.path, &self.content).with_context(|| format!("writing {}", self.path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_source_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        fs::write(file("pom.xml"), "<project/>").unwrap();
        fs::write(file("Server.java"), "class Server {}").unwrap();
        fs::write(file("notes"), "").unwrap();
        let sources = sources(folder.path()).unwrap();
        assert_eq!(sources, [file("Server.java"), file("pom.xml")]);
        let stamp = || Stamp::of(file("stamp"), &sources).unwrap();
        assert!(!stamp().holds());
        stamp().write().unwrap();
        assert!(stamp().holds());
        fs::write(file("pom.xml"), "<project></project>").unwrap();
        assert!(!stamp().holds());
    }
}
