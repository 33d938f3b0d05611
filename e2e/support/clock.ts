/** The clocks of the machine that a page is on. */

import type { Page } from "@playwright/test";

/**
 * Puts it forward, by milliseconds. Nothing that waits goes off by that.
 *
 * Playwright's own clock will not do: its timers have numbers beyond 32 bits, which WebAssembly cannot call off.
 */
export async function putForward(page: Page, by: number): Promise<void> {
  await page.evaluate((by) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + by;
  }, by);
}

/** Lets time go by, by milliseconds, on the clock that nobody sets. Nothing that waits goes off by that. */
export async function letPass(page: Page, by: number): Promise<void> {
  await page.evaluate((by) => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + by;
  }, by);
}
