/** Whether a page fits its screen. */

import { expect, type Page } from "@playwright/test";

/**
 * Expects that nothing makes the page wider than its screen, and that no control sticks out of it.
 *
 * Asked until it is so: just after a window was resized, lengths that follow its width may still be those of before.
 */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(overflow), "what sticks out sideways").toEqual([]);
}

/** Runs in the page: the excess width and whatever causes it, or else the controls beyond the right edge; lists that scroll may be wider. */
function overflow(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const isTooWide = scrollWidth > clientWidth;
  const scrolls = (element: Element | null): boolean =>
    element !== null && (/auto|scroll|hidden/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const suspects = document.querySelectorAll(isTooWide ? "body *" : "button, input, select, a, strong, h1, h2");
  const sticksOut = (element: Element) => {
    const { right, width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && right > clientWidth + 1 && !scrolls(element.parentElement);
  };
  const named = (element: Element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 30)}`;
  const out = [...suspects].filter(sticksOut).map(named);
  return isTooWide ? [`the page is ${scrollWidth} wide on a screen of ${clientWidth}`, ...out] : out;
}
