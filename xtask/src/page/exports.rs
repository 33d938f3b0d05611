//! What a compiled program exports.

use std::collections::BTreeSet;

use anyhow::{Result, anyhow};
use wasm_encoder::{ExportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// What lazy functions are exported and imported as: `__wasm_split_00PART00_export_…`, `__wasm_split_00PART00_import_…`.
const LAZY: &str = "__wasm_split_00";

/// The program without the lazy functions that it never calls. Programs share a library, and the compiler has to export all
/// of its lazy functions from each; what they need would stay in the program that nobody can call them in.
pub fn without_never_called(program: &[u8]) -> Result<Vec<u8>> {
    let called = called(program)?;
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload?;
        if let Payload::ExportSection(reader) = payload {
            let mut kept = ExportSection::new();
            for export in reader {
                let export = export?;
                if lazy(export.name, "_export_").is_none_or(|function| called.contains(&function)) {
                    kept.export(export.name, export.kind.into(), export.index);
                }
            }
            module.section(&kept);
        } else if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = program.get(range).ok_or_else(|| anyhow!("a section goes beyond the end of the program"))?;
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

/// The lazy functions that are called somewhere.
fn called(program: &[u8]) -> Result<BTreeSet<(&str, &str)>> {
    let mut functions = BTreeSet::new();
    for payload in Parser::new(0).parse_all(program) {
        if let Payload::ImportSection(reader) = payload? {
            for import in reader.into_imports() {
                functions.extend(lazy(import?.name, "_import_"));
            }
        }
    }
    Ok(functions)
}

/// The part that a lazy function belongs to and its own name there, by what stands for it on one side of its call.
fn lazy<'a>(name: &'a str, side: &str) -> Option<(&'a str, &'a str)> {
    let (part, function) = name.strip_prefix(LAZY)?.split_once("00")?;
    Some((part, function.strip_prefix(side)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{CodeSection, EntityType, ExportKind, Function, FunctionSection, ImportSection, TypeSection};

    /// A program that calls one of the functions that it exports.
    fn program() -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("env", "__wasm_split_00asked00_import_0a_weigh", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        let mut exports = ExportSection::new();
        let mut code = CodeSection::new();
        for (index, name) in ["main", "__wasm_split_00asked00_export_0a_weigh", "__wasm_split_00asked00_export_0b_sell"]
            .iter()
            .enumerate()
        {
            functions.function(0);
            exports.export(name, ExportKind::Func, u32::try_from(index).unwrap() + 1);
            let mut body = Function::new([]);
            body.instructions().end();
            code.function(&body);
        }
        module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
        module.finish()
    }

    #[test]
    fn what_is_never_called_is_not_exported() {
        let kept = without_never_called(&program()).unwrap();
        wasmparser::validate(&kept).unwrap();
        let has = |name: &str| kept.windows(name.len()).any(|window| window == name.as_bytes());
        assert!(has("main") && has("__wasm_split_00asked00_export_0a_weigh"));
        assert!(!has("__wasm_split_00asked00_export_0b_sell"));
    }

    #[test]
    fn rubbish_is_an_error() {
        assert!(without_never_called(b"rubbish").is_err());
    }
}
