/** What a browser has written down of what the server said, for when it cannot be asked. */

import { expect, type Page } from "@playwright/test";
import { records } from "./database.ts";

/** Waits until something is kept under a name, such as `stock/1`. */
export async function waitUntilKept(page: Page, name: string): Promise<void> {
  await expect.poll(async () => (await records(page, "kept")).has(name), { timeout: 60_000 }).toBe(true);
}
