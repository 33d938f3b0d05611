/** Fingers on a touch screen: for scenarios with `hasTouch`. */

import type { Page } from "@playwright/test";

/** Types on the number pad that is shown; `<` takes the last character back. */
export async function tapIn(page: Page, text: string): Promise<void> {
  const pad = page.getByRole("group", { name: "Pavé numérique" });
  for (const key of text) await pad.getByRole("button", { name: key === "<" ? "Effacer" : key, exact: true }).tap();
}
