//! `cargo xtask services down`.

use anyhow::Result;

use super::instance::Instance;
use super::options::Chosen;
use super::{docker, process};
use crate::project::Project;

/// Stops what `up` has started; the data stay. What a variable of the environment names is not ours to stop.
pub fn run(project: &Project, chosen: &Chosen) -> Result<()> {
    let shell = project.shell()?;
    let kinds: Vec<_> = chosen.kinds().collect();
    for &kind in &kinds {
        let instance = Instance::new(project, kind, chosen.folder.as_deref())?;
        let _held = instance.hold()?;
        let what = if process::stop(&instance)? { "stopped" } else { "no process runs" };
        println!("{kind:<8} {what}");
    }
    if docker::engine(&shell, chosen.folder.as_deref()) {
        docker::down(&shell, &kinds)?;
    }
    Ok(())
}
