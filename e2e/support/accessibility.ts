/** Whether a page can be used by everyone, as far as a program can tell. */

import { expect, type Page } from "@playwright/test";
import axe, { type RunOnly } from "axe-core";
import { SCREENS } from "./pictures.ts";

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
 * in those of more contrast, in those that the system forces on it, and on the narrowest phone; the scenario goes on to find
 * others. `speaker` is the page whose menu switches the language: a customer's display speaks its till's.
 */
export async function expectAccessible(page: Page, speaker = page): Promise<void> {
  await speak(page, speaker, "en");
  expect.soft(await faults(page, ALL), "faults that axe finds in English").toEqual([]);
  await speak(page, speaker, "fr");
  await expectAccessibleAsIs(page);
}

/** The same in the language of the page alone: of one that never changes it, and says everything in both. */
export async function expectAccessibleAsIs(page: Page): Promise<void> {
  expect.soft(await faults(page, ALL), "faults that axe finds").toEqual([]);
  for (const colours of COLOURS) {
    await page.emulateMedia({ ...USUAL, ...colours });
    expect.soft(await faults(page, CONTRAST), `faults that axe finds, ${JSON.stringify(colours)}`).toEqual([]);
  }
  await page.emulateMedia(USUAL);
  const before = page.viewportSize();
  await page.setViewportSize(SCREENS.narrow);
  expect.soft(await faults(page, ALL), "faults that axe finds on the narrowest phone").toEqual([]);
  if (before) await page.setViewportSize(before);
}

type Language = "en" | "fr";

/** Switches the language as a page's menu does, open or not, or else by what the browser remembers. */
async function speak(page: Page, speaker: Page, language: Language): Promise<void> {
  const button = speaker.locator(`.menu button[lang=${language}]`);
  if ((await button.count()) > 0) await button.evaluate((element: HTMLButtonElement) => element.click());
  else await beginAnew(page, language);
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}

/** Loads the page anew in a language, and waits until the same screen is there. */
async function beginAnew(page: Page, language: Language): Promise<void> {
  const screen = await page.evaluate(elements);
  await page.evaluate((language) => localStorage.setItem("comptoir.language", language), language);
  await page.reload();
  await expect.poll(() => page.evaluate(elements), { message: "the same screen in the other language" }).toEqual(screen);
}

/** Runs in the page: the names of its elements, which are the same in every language. */
function elements(): string[] {
  return [...document.querySelectorAll("main, main *")].map(({ localName }) => localName);
}

/** Runs in the page: waits until new colours are on the screen, and nothing that can be seen changes from one to another. */
async function painted(): Promise<void> {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  // What is in a closed menu does not go on, and so never ends.
  const ends = ({ effect }: Animation) => effect instanceof KeyframeEffect && effect.getComputedTiming().endTime !== Infinity && effect.target?.checkVisibility({ contentVisibilityAuto: true });
  await Promise.allSettled(document.getAnimations().filter(ends).map(({ finished }) => finished));
}

async function faults(page: Page, runOnly: RunOnly): Promise<string[]> {
  // Evaluated rather than added as a script, which the page's policy would forbid.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  await page.evaluate(painted);
  const { violations } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), runOnly);
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(" ")}`));
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
