import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { expectActs } from "../support/journal.ts";
import { press } from "../support/keyboard.ts";
import { takePictures } from "../support/pictures.ts";
import { expectPrints, plugIn } from "../support/printer.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

/** Opens the choice of a printer in the till's menu. */
async function chooseIn(page: Page, name: "Série" | "USB"): Promise<void> {
  await page.locator("summary.who").click();
  await page.getByRole("button", { name: "Imprimante" }).click();
  await page.getByRole("radio", { name }).click();
  await expect(page.getByRole("radio", { name })).toHaveAttribute("aria-checked", "true");
}

test("a serial printer prints without a dialog, says of a copy that it is one, and opens the drawer for cash", async ({ page, server }) => {
  await plugIn(page);
  const till = await Till.open(page);

  await test.step("it is chosen once", async () => {
    await chooseIn(page, "Série");
    await page.getByRole("combobox", { name: "Vitesse" }).selectOption("38400");
    await page.getByRole("switch", { name: "Tiroir-caisse branché" }).click();
    await page.getByRole("button", { name: "Imprimer un essai" }).click();
    await expectPrints(page, 1);
    await expectAccessible(page);
    await takePictures(page, "till-printer");
    await page.locator("summary.who").click();
  });

  await test.step("a receipt in cash opens the drawer, and is printed when it is wanted", async () => {
    await till.ringUp("Éclair au chocolat");
    await press(page, "F8");
    await press(page, "Enter");
    await till.expectPaid();
    const [, drawer] = await expectPrints(page, 2);
    expect(drawer).toEqual({ printer: "first", baud: 38_400, text: "\x1b@\x1bt\x13\x1bp\x00\x19\xfa" });
    await press(page, "F10");
    const [, , first] = await expectPrints(page, 3);
    expect(first!.text, "code page 858").toContain("\x90clair au chocolat");
    expect(first!.text).toContain("COMPTOIR1 1 1 ");
    expect(first!.text).not.toContain("DUPLICATA");
    expect(first!.text.endsWith("\x1dVB\x00"), "it is cut off").toBe(true);
  });

  await test.step("a second one is a copy, also when it is asked for at once", async () => {
    await press(page, "F10", "F10");
    const prints = await expectPrints(page, 5);
    for (const { text } of prints.slice(3)) expect(text).toContain("DUPLICATA");
    expect(await page.evaluate(() => window.dialogs), "the browser asked nothing").toBe(0);
  });

  await test.step("to show it again for a copy opens no drawer, to open the drawer without a sale does, once that is noted", async () => {
    await till.nextSale(() => press(page, "Escape"));
    await press(page, "F1");
    await page.getByRole("button", { name: "Réimprimer le dernier ticket" }).click();
    const prints = await expectPrints(page, 6);
    expect(prints[5]!.text).toContain("DUPLICATA");
    await till.nextSale(() => press(page, "Escape"));
    await press(page, "F1");
    await page.getByRole("button", { name: "Tiroir ouvert sans vente" }).click();
    const [, , , , , , pulse] = await expectPrints(page, 7);
    expect(pulse!.text).toContain("\x1bp\x00");
    await expectActs(new Api(server), ["signed_in", "reprinted", "reprinted", "reprinted", "drawer_opened"]);
  });
});

test("a USB printer prints too, and one that is off loses nothing", async ({ page }) => {
  await plugIn(page);
  const till = await Till.open(page);
  await chooseIn(page, "USB");
  await page.getByRole("radio", { name: "58 mm" }).click();
  await page.locator("summary.who").click();
  await till.ringUp("Baguette tradition");
  await till.payByCard();
  await page.evaluate(() => (window.isOff = true));
  await press(page, "F10");
  await expect(till.slot).toContainText("L’imprimante n’a rien imprimé (it is off)");
  await page.evaluate(() => (window.isOff = false));
  await press(page, "F10");
  const [print] = await expectPrints(page, 1);
  expect(print!.text).toContain("Baguette tradition");
  expect(print!.text, "the one that failed was none").not.toContain("DUPLICATA");
  const widest = Math.max(...print!.text.split("\n").filter((row) => /^[\x20-\x7e]*$/.test(row)).map((row) => row.length));
  expect(widest).toBe(32);
  await till.expectSaved();
});

test("without a server receipts come out of the printer all the same, and again after a reload", async ({ page, problems, server }) => {
  problems.allowNoServer();
  await plugIn(page);
  const till = await Till.open(page);
  await till.expectKept();
  await chooseIn(page, "Série");
  await page.locator("summary.who").click();
  await server.kill();
  await till.ringUp("Baguette tradition");
  await till.payByCard();
  await press(page, "F10");
  const [first] = await expectPrints(page, 1);
  expect(first!.text).toContain("Baguette tradition");
  expect(first!.text).not.toContain("DUPLICATA");
  await page.reload();
  await till.expectOpen();
  await press(page, "F1");
  await page.getByRole("button", { name: "Réimprimer le dernier ticket" }).click();
  const [copy] = await expectPrints(page, 1);
  expect(copy!.text).toContain("Baguette tradition");
  expect(copy!.text).toContain("DUPLICATA");
  expect(await page.evaluate(() => window.dialogs), "the browser asked nothing").toBe(0);
});

test("where no printer is chosen the browser prints", async ({ page }) => {
  await plugIn(page);
  const till = await Till.open(page);
  await page.evaluate(() => (window.refuses = true));
  await page.locator("summary.who").click();
  await page.getByRole("button", { name: "Imprimante" }).click();
  await page.getByRole("radio", { name: "Série" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Aucune imprimante" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "Navigateur" })).toHaveAttribute("aria-checked", "true");
  await page.locator("summary.who").click();
  await till.ringUp("Baguette tradition");
  await till.payByCard();
  await press(page, "F10");
  await expect.poll(() => page.evaluate(() => window.dialogs)).toBe(1);
});

for (const kind of ["Série", "USB"] as const) {
  test(`of two printers (${kind}) the one that was chosen prints, also after a reload, and none in its stead`, async ({ page }) => {
    await plugIn(page);
    const till = await Till.open(page);
    await page.evaluate(() => (window.choice = 1));
    await chooseIn(page, kind);
    await page.getByRole("button", { name: "Imprimer un essai" }).click();
    expect((await expectPrints(page, 1))[0]!.printer).toBe("second");
    await page.reload();
    await till.expectOpen();
    await till.ringUp("Baguette tradition");
    await till.payByCard();
    await press(page, "F10");
    expect((await expectPrints(page, 1))[0]!.printer).toBe("second");
    await page.evaluate(() => (window.unplugged = 1));
    await press(page, "F10");
    await expect(till.slot).toContainText("l’imprimante choisie n’est pas branchée");
    await expectPrints(page, 1);
  });
}
