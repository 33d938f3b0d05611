/** Whether fingers hit what they are meant to press. */

import { expect, type Page } from "@playwright/test";

/** How wide and high a control is to the finger, in px (WCAG 2.2, 2.5.5). It may look smaller: a small button is pressed around it too. */
const LEAST = 44;

/**
 * Expects that each button, choice and menu in sight takes presses on a square of that size around its middle. What a list has
 * scrolled partly out of sight is left out, and so are links within text.
 */
export async function expectTargets(page: Page, screen: string): Promise<void> {
  expect.soft(await page.evaluate(tooSmall, LEAST), `too small to the finger: ${screen}`).toEqual([]);
}

/** Runs in the page: what is too small, with its size. */
function tooSmall(least: number): string[] {
  const reach = least / 2 - 0.6;
  const controls = [...document.querySelectorAll<HTMLElement>("button, select, summary")];
  return controls.flatMap((control) => {
    const { x, y, width, height } = control.getBoundingClientRect();
    const [middle, centre] = [x + width / 2, y + height / 2];
    const isHit = (right: number, down: number) => control.contains(document.elementFromPoint(middle + right, centre + down));
    const edges: [number, number][] = [[0, 0], [0, 2 - height / 2], [0, height / 2 - 2], [2 - width / 2, 0], [width / 2 - 2, 0]];
    if (width === 0 || !edges.every(([right, down]) => isHit(right, down))) return [];
    const isWide = width >= least || (isHit(-reach, 0) && isHit(reach, 0));
    const isHigh = height >= least || (isHit(0, -reach) && isHit(0, reach));
    const name = control.getAttribute("aria-label") ?? control.textContent?.trim().slice(0, 30);
    return isWide && isHigh ? [] : [`${name} (${Math.round(width)} × ${Math.round(height)})`];
  });
}
