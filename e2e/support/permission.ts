/** A manager's PIN for what a seller may not do alone. */

import type { Page } from "@playwright/test";
import { press } from "./keyboard.ts";

/** Fills in who allows it, and the price where one is asked for, and says so. */
export async function allow(page: Page, manager: string, pin: string, price?: string): Promise<void> {
  if (price !== undefined) await page.locator("#price").fill(price);
  await page.locator("#manager").fill(manager);
  await page.locator("#manager-pin").fill(pin);
  await press(page, "Enter");
}
