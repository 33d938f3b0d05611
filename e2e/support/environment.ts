/** Where things are. `cargo xtask test` says it by environment variables; a run by hand takes what Cargo does by itself. */

import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/** The checkout. */
export const ROOT = resolve(import.meta.dirname, "../..");

/** The server's program. */
export const PROGRAM = process.env["COMPTOIR_PROGRAM"] ?? join(ROOT, "target/debug/comptoir");

/** The folder with the built page. */
export const SITE = process.env["COMPTOIR_SITE"] ?? join(ROOT, "target/site");

/** Where pictures, traces and logs go. */
export const OUTPUT = process.env["COMPTOIR_E2E_OUTPUT"] ?? join(ROOT, "target/e2e");

/** The distribution's Chromium. */
export const CHROMIUM = process.env["COMPTOIR_CHROMIUM"] ?? onPath("chromium", "chromium-browser", "google-chrome");

function onPath(...names: string[]): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = candidates.find(isExecutable);
  if (!found) throw new Error("Chromium is not on the path: install it, or name it by COMPTOIR_CHROMIUM");
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
