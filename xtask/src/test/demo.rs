//! `cargo xtask run` from its first line to its last: it builds what is shipped, says where everything is, answers there,
//! and a second start finds what the first has left.

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::Workbench;
use super::step::Verdict;
use crate::tools::signal;

/// The line that names the till, and with it the address.
const TILL: &str = "  till ";

/// The token of a demo's operator.
const TOKEN: &str = "Bearer demo";

/// What the first run leaves to the second.
const NEW_STORE: &str = "Kept over the night";

/// Runs the demo on data of its own, twice.
pub fn check(bench: &Workbench<'_>) -> Result<Verdict> {
    let data = bench.project.target().join("run");
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    let first = Demo::start(&data)?;
    first.page("till")?;
    first.page("manager")?;
    first.page("api/docs/")?;
    ensure!(!first.stores()?.contains(NEW_STORE), "the data are fresh");
    first.open_store()?;
    first.stop()?;
    let second = Demo::start(&data)?;
    ensure!(second.stores()?.contains(NEW_STORE), "the second start has lost a store");
    second.stop()?;
    Ok(Verdict::PASSED)
}

/// A running demo; it ends with this.
struct Demo {
    process: Child,
    url: String,
    /// What it says, which it must be able to go on with.
    said: Lines<BufReader<ChildStdout>>,
}

impl Demo {
    /// Starts xtask, which becomes the server, and reads what it says until it says where it is.
    fn start(data: &Path) -> Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .args(["run", "--plain", "--", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let said = BufReader::new(process.stdout.take().context("its output is piped")?).lines();
        let mut demo = Self { process, url: String::new(), said };
        demo.url = demo.address()?;
        Ok(demo)
    }

    fn address(&mut self) -> Result<String> {
        for line in &mut self.said {
            let line = line?;
            println!("{line}");
            if let Some(till) = line.strip_prefix(TILL) {
                return Ok(till.trim().trim_end_matches("/till").to_owned());
            }
        }
        bail!("it ended without saying where the till is")
    }

    fn page(&self, path: &str) -> Result<()> {
        let page = self.get(path)?;
        ensure!(page.contains("<html"), "/{path} is no page: {page}");
        Ok(())
    }

    fn stores(&self) -> Result<String> {
        self.get("api/v1/stores")
    }

    fn open_store(&self) -> Result<()> {
        let store = serde_json::json!({ "name": NEW_STORE, "time_zone": "Europe/Paris", "training": true });
        let url = format!("{}/api/v1/stores", self.url);
        ureq::post(&url).header("authorization", TOKEN).send_json(&store).with_context(|| format!("POST {url}"))?;
        Ok(())
    }

    fn get(&self, path: &str) -> Result<String> {
        let url = format!("{}/{path}", self.url);
        let mut reply = ureq::get(&url).call().with_context(|| format!("GET {url}"))?;
        Ok(reply.body_mut().read_to_string()?)
    }

    fn stop(mut self) -> Result<()> {
        signal("TERM", self.process.id())?;
        let status = self.process.wait()?;
        ensure!(status.success(), "asked to stop, it ended with {status}");
        Ok(())
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
