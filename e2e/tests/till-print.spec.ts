import { expect } from "@playwright/test";
import jsqr from "jsqr";
import { PNG } from "pngjs";
import { Api, type Sealed } from "../support/api.ts";
import { code } from "../support/code.ts";
import { press } from "../support/keyboard.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

// As fine as paper, nearly.
test.use({ deviceScaleFactor: 3 });

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

  await expect(till.receipt).not.toContainText("DUPLICATA");
  await page.getByRole("button", { name: /^Imprimer/ }).click();
  await expectPrinted(1);
  await expect(till.receipt).toContainText("DUPLICATA");
  await press(page, "F10");
  await expectPrinted(2);
  await expect(till.receipt, "it stays for as long as it is wanted").toBeVisible();

  await till.nextSale(() => press(page, "Escape"));
  await till.ringUp("Baguette tradition");
  await till.payByCard();
  await expect(till.receipt).toBeVisible();
  await expect(till.receipt).not.toContainText("DUPLICATA");
});

test("a scanner reads from the paper which receipt it is, and what proves it", async ({ page, server }) => {
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await till.payByCard();
  await till.expectSaved();
  const [sealed] = (await new Api(server).receipts(1)) as [Sealed];
  await page.emulateMedia({ media: "print" });
  const { data, width, height } = PNG.sync.read(await till.receipt.locator(".qr").screenshot());
  const said = jsqr.default(new Uint8ClampedArray(data), width, height)?.data;
  expect(said).toBe(code(sealed));
});

declare global {
  interface Window {
    /** How often the page was printed. */
    printed: number;
  }
}
