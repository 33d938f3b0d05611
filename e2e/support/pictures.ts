/** Pictures that a person can look at: each state light and dark, on a wide screen and on a narrow one. */

import type { Page } from "@playwright/test";
import { join } from "node:path";
import { OUTPUT } from "./environment.ts";

/** A counter's screen, and the narrowest phone. */
export const SCREENS = {
  wide: { width: 1280, height: 800 },
  narrow: { width: 360, height: 740 },
} as const;

/** Takes all four of the page as it stands, and leaves it as it was. */
export async function takePictures(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const [screen, size] of Object.entries(SCREENS)) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await takePicture(page, `${name}-${screen}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}

/** Takes one, of what the screen shows. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const path = join(OUTPUT, "pictures", `${name}.png`);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
}
