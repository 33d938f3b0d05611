import { expect } from "@playwright/test";
import { press } from "../support/keyboard.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

test("a receipt is printed by its button and by F10", async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { printed: 0, print: () => window.printed++ });
  });
  const till = await Till.open(page);
  const expectPrinted = (times: number) => expect.poll(() => page.evaluate(() => window.printed)).toBe(times);
  await till.ringUp("Baguette tradition");
  await press(page, "F10");
  await till.payByCard();
  await expectPrinted(0);

  await page.getByRole("button", { name: /^Imprimer/ }).click();
  await expectPrinted(1);
  await press(page, "F10");
  await expectPrinted(2);
  await expect(till.receipt, "it stays for as long as it is wanted").toBeVisible();
});

declare global {
  interface Window {
    /** How often the page was printed. */
    printed: number;
  }
}
