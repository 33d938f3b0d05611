/** A page as it stands on the paper that the browser prints. */

import type { Page } from "@playwright/test";

/** Shows what a page prints by its own button, until other media are emulated. */
export async function showPrinted(page: Page): Promise<void> {
  await page.evaluate(() => document.documentElement.setAttribute("data-prints", ""));
  await page.emulateMedia({ media: "print" });
}
