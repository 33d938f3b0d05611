/** A further version of the built till, in a site of its own. */

import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SITE } from "./environment.ts";

/** A copy of the built site, to be changed at will. */
export async function copyOfSite(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "comptoir-site-"));
  await cp(SITE, folder, { recursive: true });
  return folder;
}

/** Makes the site's till another version, as a build would: its page says so, and the service worker's list follows. */
export async function release(site: string, version: string): Promise<void> {
  const page = (await readFile(join(site, "till.html"), "utf8")).replace(/<html[^>]*>/, `<html lang="fr" data-version="${version}">`);
  const integrity = `sha256-${createHash("sha256").update(page).digest("base64")}`;
  const worker = (await readFile(join(site, "worker.js"), "utf8"))
    .replace(/("integrity": )"[^"]*"(,\s*"path": "\/(?:till|display)")/g, `$1"${integrity}"$2`)
    .replace(/(const VERSION = )"[^"]*"/, `$1"${version}"`);
  await put(site, "till.html", page);
  await put(site, "worker.js", worker);
}

/** Puts a file in the place of another one and of its compressed copies. */
async function put(site: string, name: string, text: string): Promise<void> {
  for (const copy of [".br", ".gz"]) await rm(join(site, name + copy), { force: true });
  await writeFile(join(site, name), text);
}
