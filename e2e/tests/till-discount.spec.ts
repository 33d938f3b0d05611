import { expect, type Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { euros } from "../support/figures.ts";
import { press, type } from "../support/keyboard.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

test("a discount on a line and one on the whole ticket, by keyboard, are entries of their own", async ({ page, server }) => {
  const api = new Api(server);
  const [bread, croissant] = [await api.product("Baguette tradition"), await api.product("Croissant pur beurre")];
  const till = await Till.open(page);
  await till.ringUp(croissant.name);
  await till.ringUp(bread.name);
  const full = bread.price + croissant.price;
  const onLine = Math.round(bread.price / 10);

  await test.step("ten percent on the chosen line", async () => {
    await press(page, "F4");
    await fill(page, "10");
    await expect(till.line(bread.name).locator(".off")).toHaveText(`Remise 10 % −${euros(onLine)}`);
    await expect(till.total).toHaveText(euros(full - onLine));
  });

  await test.step("an amount on everything, which is refused while it is more than there is", async () => {
    await press(page, "Shift+F4");
    await page.getByRole("radio", { name: "EUR" }).click();
    await page.locator("#discount").fill("99");
    await press(page, "Enter");
    await expect(till.slot).toContainText("Cette remise n’est pas possible");
    await fill(page, "0,50");
    await expect(page.locator(".sums .discount")).toContainText(`Remise −${euros(50)}`);
    await expect(till.total).toHaveText(euros(full - onLine - 50));
  });

  await test.step("paper and server have them", async () => {
    await till.payByCard();
    await expect(till.receipt).toContainText("Remise 10 %");
    await expect(till.receipt.locator(".amounts")).toContainText(`Remise−${euros(50)}`);
    await till.expectSaved();
    const receipts = await api.receipts(1);
    expectChain(receipts, await till.publicKey(1, 1));
    const { discounts, total, lines } = receipts[0]!.body;
    expect(lines.map((line) => line.total)).toEqual([croissant.price, bread.price]);
    expect(discounts).toEqual([{ amount: -onLine, line: 2, percent: 1000 }, { amount: -50 }]);
    expect(total).toBe(full - onLine - 50);
    const metrics = await (await fetch(new URL("/metrics", server.url))).text();
    expect(metrics, "nothing is wrong with it").not.toMatch(/^comptoir_findings_total\{/m);
  });

  await test.step("the next sale has none", async () => {
    await till.nextSale(() => press(page, "Enter"));
    await till.ringUp(bread.name);
    await expect(till.total).toHaveText(euros(bread.price));
  });
});

test("a discount is taken back, and goes with what it is on", async ({ page, server }) => {
  const bread = await new Api(server).product("Baguette tradition");
  const till = await Till.open(page);
  await till.ringUp(bread.name);
  await page.getByRole("toolbar").getByRole("button", { name: /^Remise/ }).click();
  await fill(page, "100");
  await expect(till.total).toHaveText(euros(0));
  await press(page, "F4");
  await page.getByRole("button", { name: "Sans remise" }).click();
  await expect(till.total).toHaveText(euros(bread.price));
  await press(page, "Shift+F4");
  await fill(page, "50");
  await press(page, "F4", "Escape");
  await expect(page.locator("#discount")).toHaveCount(0);
  await press(page, "F4");
  await expect(page.locator("#discount")).toBeFocused();
  await till.search.focus();
  await press(page, "Delete");
  await expect(till.lines).toHaveCount(0);
  await till.ringUp(bread.name);
  await expect(page.locator("#discount"), "nor is the next customer asked").toHaveCount(0);
  await expect(till.total).toHaveText(euros(bread.price));
});

test.describe("without a service worker to keep it", () => {
  test.use({ serviceWorkers: "block" });

  test("a part that cannot be fetched says so, and comes at the next try", async ({ page, problems }) => {
    problems.allow(/ERR_FAILED|Failed to fetch/);
    // A blocked registration comes to nothing at all, which it does in no browser.
    problems.allow(/reading 'active'/);
    const part = /split_later.*\.wasm$/;
    await page.route(part, (route) => route.abort());
    const till = await Till.open(page);
    await till.ringUp("Baguette tradition");
    await press(page, "F4");
    await expect(page.getByRole("heading", { name: /^Le serveur ne répond pas/ })).toBeVisible();
    await page.unroute(part);
    await page.getByRole("button", { name: "Réessayer" }).click();
    await fill(page, "10");
    await expect(page.locator(".off")).toBeVisible();
    await till.payByCard();
  });
});

/** Types a discount into its field and applies it. */
async function fill(page: Page, text: string): Promise<void> {
  const field = page.locator("#discount");
  await expect(field).toBeFocused();
  await field.fill("");
  await type(page, text);
  await press(page, "Enter");
  await expect(field).toHaveCount(0);
}
