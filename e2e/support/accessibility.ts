/** Whether a page can be used by everyone, as far as a program can tell. */

import { expect, type Page } from "@playwright/test";
import axe from "axe-core";

/** WCAG 2.2 AA. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * Expects axe to find no fault with the page as it stands, in English, and in French in its light colours and in its dark
 * ones; the scenario goes on to find others.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // Evaluated rather than added as a script, which the page's policy would forbid.
  await page.evaluate(axe.source);
  if (await speak(page, "en")) {
    expect.soft(await faults(page), "faults that axe finds in English").toEqual([]);
    await speak(page, "fr");
  }
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(painted);
    expect.soft(await faults(page), `faults that axe finds, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** Switches the language as the page's menu does, open or not; false where a page has no such menu. */
async function speak(page: Page, language: "en" | "fr"): Promise<boolean> {
  const button = page.locator(`.menu button[lang=${language}]`);
  if ((await button.count()) === 0) return false;
  await button.evaluate((element: HTMLButtonElement) => element.click());
  await expect(page.locator("html")).toHaveAttribute("lang", language);
  return true;
}

/** Runs in the page: waits until new colours are on the screen, and nothing that can be seen changes from one to another. */
async function painted(): Promise<void> {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  // What is in a closed menu does not go on, and so never ends.
  const ends = ({ effect }: Animation) => effect instanceof KeyframeEffect && effect.getComputedTiming().endTime !== Infinity && effect.target?.checkVisibility({ contentVisibilityAuto: true });
  await Promise.allSettled(document.getAnimations().filter(ends).map(({ finished }) => finished));
}

async function faults(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: "tag", values } }), RULES);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(" ")}`));
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
