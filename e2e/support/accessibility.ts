/** Whether a page can be used by everyone, as far as a program can tell. */

import { expect, type Page } from "@playwright/test";
import axe, { type RunOnly } from "axe-core";

/** WCAG 2.2 AA. */
const ALL: RunOnly = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };

/** What other colours can spoil. */
const CONTRAST: RunOnly = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/** The colours of somebody who has chosen none. */
const USUAL = { colorScheme: null, contrast: null, forcedColors: null } as const;

/** Those that people choose. */
const COLOURS = [{ colorScheme: "dark" }, { contrast: "more" }, { forcedColors: "active" }] as const;

/**
 * Expects axe to find no fault with the page as it stands, in English, and in French in its light colours, in its dark ones,
 * in those of more contrast and in those that the system forces on it; the scenario goes on to find others.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // Evaluated rather than added as a script, which the page's policy would forbid.
  await page.evaluate(axe.source);
  if (await speak(page, "en")) {
    expect.soft(await faults(page, ALL), "faults that axe finds in English").toEqual([]);
    await speak(page, "fr");
  }
  expect.soft(await faults(page, ALL), "faults that axe finds").toEqual([]);
  for (const colours of COLOURS) {
    await page.emulateMedia({ ...USUAL, ...colours });
    expect.soft(await faults(page, CONTRAST), `faults that axe finds, ${JSON.stringify(colours)}`).toEqual([]);
  }
  await page.emulateMedia(USUAL);
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

async function faults(page: Page, runOnly: RunOnly): Promise<string[]> {
  await page.evaluate(painted);
  const { violations } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), runOnly);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(" ")}`));
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
