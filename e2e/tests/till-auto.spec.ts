import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { press } from "../support/keyboard.ts";
import { takePictures } from "../support/pictures.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

test("auto sells by itself, visibly, until it is stopped", async ({ page, server }) => {
  const api = new Api(server);
  const till = await Till.open(page);
  const auto = page.getByRole("switch", { name: "Auto" });

  await test.step("it sells", async () => {
    await auto.click();
    await page.getByRole("combobox", { name: "Cadence" }).selectOption({ label: "rapide" });
    await expect(till.lines.first()).toBeVisible();
    await takePictures(page, "till-auto");
    await expect(till.receipt).toBeVisible();
    await api.receiptsOnceThere(1, 4);
  });

  await test.step("it stops", async () => {
    await auto.click();
    await expect(auto).toHaveAttribute("aria-checked", "false");
    await expect(async () => {
      await page.keyboard.press("Escape");
      await page.keyboard.press("Shift+Delete");
      await expect(till.total).toHaveText("0,00 €", { timeout: 1000 });
    }).toPass();
    await till.expectAllSaved();
  });

  await test.step("a cashier's sale is the only one after that", async () => {
    const before = (await api.receipts(1)).length;
    await till.ringUp("Baguette tradition");
    await till.payByCard();
    await till.expectSaved();
    const receipts = await api.receipts(1);
    expect(receipts).toHaveLength(before + 1);
    expect(receipts.at(-1)?.body.lines).toMatchObject([{ name: "Baguette tradition", quantity: 1000 }]);
    expectChain(receipts, await till.publicKey(1, 1));
  });
});

test("auto is switched on and off by keyboard", async ({ page }) => {
  const till = await Till.open(page);
  const auto = page.getByRole("switch", { name: "Auto" });

  await test.step("on by Space, and it sells", async () => {
    await auto.focus();
    await press(page, "Space");
    await expect(auto).toHaveAttribute("aria-checked", "true");
    await expect(till.lines.first()).toBeVisible();
    await expect(till.receipt).toBeVisible();
  });

  await test.step("off by Escape", async () => {
    await press(page, "Escape");
    await expect(auto).toHaveAttribute("aria-checked", "false");
  });

  await test.step("on and off by Space", async () => {
    await auto.focus();
    await press(page, "Space");
    await expect(auto).toHaveAttribute("aria-checked", "true");
    await auto.focus();
    await press(page, "Space");
    await expect(auto).toHaveAttribute("aria-checked", "false");
  });
});
