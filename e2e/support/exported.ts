/** What a till exports of what waits to be saved. */

import type { Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import type { Entry } from "./journal.ts";
import type { Receipt } from "./api.ts";

/** A file with what waits, and what is in it. */
export interface Exported {
  file: string;
  receipts: Line<Receipt>[];
  entries: Line<Entry>[];
}

/** A signed record, as it was written down. */
interface Line<T> {
  body: T;
  hash: string;
  signature: string;
}

/** Exports what waits, by pointer; the till's menu is open. */
export async function exportWaiting(page: Page): Promise<Exported> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#export").click()]);
  const file = await download.path();
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n").map((line) => JSON.parse(line) as Line<Receipt | Entry>);
  const isEntry = (line: Line<Receipt | Entry>): line is Line<Entry> => "kind" in line.body;
  const isReceipt = (line: Line<Receipt | Entry>): line is Line<Receipt> => !isEntry(line);
  return { file, receipts: lines.filter(isReceipt), entries: lines.filter(isEntry) };
}
