import { expect } from "@playwright/test";
import jsqr from "jsqr";
import { PNG } from "pngjs";
import { Api, type Sealed } from "../support/api.ts";
import { code } from "../support/code.ts";
import { press } from "../support/keyboard.ts";
import { showPrinted } from "../support/paper.ts";
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

test("what the browser is asked to print past the till is no receipt", async ({ page }) => {
  // Printing as a browser does: the page is painted for paper while it waits, and told when that is over.
  await page.addInitScript(() => {
    Object.assign(window, {
      printed: 0,
      print: () => {
        window.printed += Number(document.querySelector(".paid .receipt")?.checkVisibility() ?? false);
        window.dispatchEvent(new Event("afterprint"));
      },
    });
  });
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await till.payByCard();
  await expect(till.receipt).toBeVisible();
  const hint = page.getByText("Imprimez par le bouton de la caisse");
  await expect(hint).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(hint).toBeVisible();
  await expect(till.receipt).toBeHidden();

  await page.keyboard.press("F10");
  await expect.poll(() => page.evaluate(() => window.printed), "its own button prints it").toBe(1);
  await expect(till.receipt, "and only then").toBeHidden();
  await expect(hint).toBeVisible();
});

test("a scanner reads from the paper which receipt it is, and what proves it", async ({ page, server }) => {
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await till.payByCard();
  await till.expectSaved();
  const [sealed] = (await new Api(server).receipts(1)) as [Sealed];
  await showPrinted(page);
  const { data, width, height } = PNG.sync.read(await till.receipt.locator(".qr").screenshot());
  const said = jsqr.default(new Uint8ClampedArray(data), width, height)?.data;
  expect(said).toBe(code(sealed));
  // What a person compares, beside what a scanner reads: characters 3, 7, 13 and 19 of the signature.
  const seal = till.receipt.locator(".seal");
  await expect(seal).toHaveText([3, 7, 13, 19].map((place) => sealed.signature[place - 1]).join(""));
  await expect(seal).toBeVisible();
});

declare global {
  interface Window {
    /** How often the page was printed. */
    printed: number;
  }
}
