//! Roles that cannot start: one sentence on standard error, and an exit code that says failure. Logs are in
//! `target/start-*`.

#![expect(clippy::expect_used, reason = "a test fails by panicking, in its helpers too")]

mod support;

use std::fs;
use std::path::Path;
use std::time::Duration;
use support::process::{self, Process};

/// How long a start that fails may take on a busy machine.
const LIMIT: Duration = Duration::from_mins(1);

/// What `comptoir serve` says of a data folder, having failed.
async fn refused(name: &str, data: &Path) -> String {
    let data = data.to_str().expect("the folder has a plain name");
    fails(name, &["serve", "--demo", "--listen", "127.0.0.1:0", "--data", data]).await
}

/// What a role says, having failed.
async fn fails(name: &str, arguments: &[&str]) -> String {
    let logs = process::logs(name);
    let (stdout, stderr) = (logs.join("stdout.log"), logs.join("stderr.log"));
    let status = Process::start(arguments, &stdout, &stderr).wait(LIMIT).await;
    let read = |path| fs::read_to_string(path).expect("it was made");
    let said = read(&stderr);
    assert_eq!((status.code(), read(&stdout).as_str()), (Some(1), ""), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

#[tokio::test]
async fn what_is_no_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("comptoir.sqlite");
    let pictures = "my holiday pictures".repeat(1_000);
    fs::write(&file, &pictures).expect("it can be written");
    let said = refused("start-foreign", folder.path()).await;
    let path = file.display();
    let sentence =
        format!("comptoir: {path} is not a comptoir database: move it away, or choose another folder with --data\n");
    assert_eq!(said, sentence);
    assert_eq!(fs::read_to_string(&file).expect("it is there"), pictures);
}

#[tokio::test]
async fn a_folder_that_is_none_is_named() {
    let file = tempfile::NamedTempFile::new().expect("a file can be made");
    let said = refused("start-no-folder", file.path()).await;
    assert!(said.starts_with("comptoir: ") && said.contains(file.path().to_str().expect("a plain name")), "{said}");
}

#[tokio::test]
async fn roles_that_run_apart_refuse_the_embedded_engine_and_leave_nothing_behind() {
    for role in ["web", "saver"] {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let data = folder.path().join("data");
        let arguments = [role, "--listen", "127.0.0.1:0", "--data", data.to_str().expect("a plain name")];
        let said = fails(&format!("start-{role}-apart"), &arguments).await;
        assert!(said.contains(&format!("`comptoir {role}` runs apart")) && said.contains("COMPTOIR_EVENTS"), "{said}");
        assert!(!data.exists(), "{role} has made a data folder");
    }
}
