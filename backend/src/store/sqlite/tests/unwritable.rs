//! Files and folders that cannot be written, whoever runs this: permissions do not bind everybody.

use crate::store::StoreError;
use crate::store::documents::Documents;
use crate::store::sqlite::open::FILE;
use crate::store::sqlite::{OpenError, Sqlite};
use std::fs;
use std::path::Path;

/// A folder in which nobody can make anything.
const SEALED: &str = if cfg!(target_os = "linux") { "/sys" } else { "/System" };

/// Where a file's header says how new a SQLite has to be to write it; 2 is the latest there is.
const WRITE_VERSION: usize = 18;

fn error(folder: &Path) -> OpenError {
    Sqlite::open(folder).err().unwrap()
}

/// Expects one sentence that names the path.
fn assert_names(error: &OpenError, path: &Path) {
    let said = error.to_string();
    assert!(said.contains(path.to_str().unwrap()), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_folder_that_cannot_be_written_or_made_is_refused_with_what_to_do() {
    let sealed = Path::new(SEALED);
    for folder in [sealed.to_owned(), sealed.join("comptoir-data")] {
        let refused = error(&folder);
        assert!(matches!(refused, OpenError::ReadOnly(_)), "{refused:?}");
        assert!(refused.to_string().contains("write permission"), "{refused}");
        assert_names(&refused, &folder);
    }
}

#[test]
fn a_file_that_may_only_be_read_is_refused_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    drop(Sqlite::open(folder.path()).unwrap());
    let path = folder.path().join(FILE);
    let mut bytes = fs::read(&path).unwrap();
    bytes[WRITE_VERSION] = 3;
    fs::write(&path, &bytes).unwrap();
    let refused = error(folder.path());
    assert!(matches!(refused, OpenError::ReadOnly(_)), "{refused:?}");
    assert_names(&refused, &path);
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn what_is_no_folder_or_no_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "text").unwrap();
    for wrong in [file.clone(), file.join("below")] {
        assert_names(&error(&wrong), &wrong);
    }
    fs::create_dir(folder.path().join(FILE)).unwrap();
    assert_names(&error(folder.path()), &folder.path().join(FILE));
}

#[tokio::test]
async fn a_file_that_can_be_written_no_more_is_still_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = Sqlite::open(folder.path()).unwrap();
    let put = async |id: &str| file.put_all("thing", vec![(id.to_owned(), b"{}".to_vec())]).await;
    put("before").await.unwrap();
    file.write(|c| Ok(c.pragma_update(None, "query_only", true)?)).await.unwrap();
    let refused = put("after").await.unwrap_err();
    assert!(matches!(refused, StoreError::Unavailable(_)), "{refused:?}");
    let there = file.list_documents("thing", "").await.unwrap();
    assert_eq!(there.iter().map(|document| document.id.as_str()).collect::<Vec<_>>(), ["before"]);
}
