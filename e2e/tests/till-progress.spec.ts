import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

/** At one record a second: long enough for the receipt behind them to be seen waiting. */
const DELIVERIES = 8;

test.use({ serverArguments: ["--saver-rate", "1"] });

test("a receipt is on the till, then in the log, then saved, and its mark says so", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  const till = await Till.open(page);
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/v1/receipts", async (route) => {
    await released;
    await route.continue();
  });

  await test.step("on this till, while it cannot be sent", async () => {
    await till.ringUp(bread.name);
    await till.payByCard();
    await expect(till.progress).toHaveText("sur cette caisse");
    await expect(till.outbox).toHaveText("1 en attente");
  });

  await test.step("in the log, behind what came before it", async () => {
    await Promise.all(Array.from({ length: DELIVERIES }, () => api.move(1, "deliveries", { [bread.sku]: 1 })));
    release();
    await expect(till.progress).toHaveText("dans le journal");
    await expect(till.progress).toHaveClass(/wait/);
    await expect(till.outbox).toHaveText("1 en attente");
    expect(await api.receipts(1)).toEqual([]);
  });

  await test.step("saved", async () => {
    await till.expectSaved();
    await expect(till.progress).toHaveClass(/ok/);
    expect(await api.receipts(1)).toHaveLength(1);
  });
});

test("nothing is said to be saved while entries of the journal wait", async ({ page }) => {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/v1/journal", async (route) => {
    await released;
    await route.continue();
  });
  const till = await Till.open(page);
  await expect(till.outbox).toHaveText(/^Journal\s: \d en attente$/);
  await expect(till.outbox).toHaveClass(/wait/);
  release();
  await till.expectAllSaved();
  await expect(till.outbox).toHaveClass(/ok/);
});
