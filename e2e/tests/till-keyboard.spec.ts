import { expect, type Locator, type Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { euros } from "../support/figures.ts";
import { press, type } from "../support/keyboard.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

test("a sale by keyboard alone", async ({ page, server }) => {
  const api = new Api(server);
  const [bread, apple] = [await api.product("Baguette tradition"), await api.product("Pomme Gala")];
  const weighed = Math.round((apple.price * 840) / 1000);
  const total = 3 * bread.price + weighed;
  const till = new Till(page);

  await test.step("sign in", async () => {
    await page.goto("/till");
    await expect(page.locator("#number")).toBeFocused();
    await goBackTo(page, page.getByRole("article").filter({ hasText: "Lyon" }).getByRole("button", { name: "caisse 1" }));
    await press(page, "Enter");
    await expect(page.locator("#number")).toBeFocused();
    await type(page, "1");
    await press(page, "Enter");
    await expect(page.locator("#pin")).toBeFocused();
    await type(page, "1111");
    await press(page, "Enter");
    await till.expectOpen();
  });

  await test.step("ring up three pieces", async () => {
    await press(page, "F2");
    await expect(till.search).toBeFocused();
    await type(page, "baguette trad");
    await expect(till.tiles.first()).toContainText(bread.name);
    await press(page, "Enter");
    await expect(till.line(bread.name)).toBeVisible();
    await press(page, "+", "+");
    await expect(till.line(bread.name).locator(".qty")).toHaveText("3");
  });

  await test.step("ring up by weight", async () => {
    await type(page, "pomme gala");
    await expect(till.tiles.first()).toContainText(apple.name);
    await press(page, "Enter");
    await expect(page.locator("#weight")).toBeFocused();
    await type(page, "0,840");
    await press(page, "Enter");
    await expect(till.line(apple.name)).toContainText(euros(weighed));
    await expect(till.total).toHaveText(euros(total));
  });

  await test.step("pay in cash", async () => {
    await press(page, "F8");
    await expect(till.given).toBeFocused();
    await type(page, "20");
    await expect(page.locator("#change")).toHaveText(euros(2000 - total));
    await press(page, "Enter");
    await till.expectPaid();
  });

  await test.step("the receipt says everything", async () => {
    await expect(page.locator(".paid .change")).toContainText(euros(2000 - total));
    await expect(fact(till, "Magasin n°")).toHaveText("1");
    await expect(fact(till, "Caisse n°")).toHaveText("1");
    await expect(fact(till, "Vendeur n°")).toHaveText(/^1\b/);
    await expect(fact(till, "Ticket")).toContainText("n° 1");
    const rows = till.receipt.locator(".items tr");
    await expect(rows).toHaveCount(2);
    await expect(rows.nth(0)).toContainText(`${bread.name}3 × ${euros(bread.price)}`);
    await expect(rows.nth(0)).toContainText(euros(3 * bread.price));
    await expect(rows.nth(1)).toContainText(`${apple.name}0,840 kg × ${euros(apple.price)}/kg`);
    await expect(rows.nth(1)).toContainText(euros(weighed));
    await expect(fact(till, "Total")).toHaveText(euros(total));
    await expect(till.receipt).toContainText("SIMULATION");
    await till.expectSaved();
  });

  await test.step("the next sale starts empty", async () => {
    await till.nextSale(() => press(page, "Enter"));
    await expect(till.lines).toHaveCount(0);
    await expect(till.total).toHaveText(euros(0));
  });

  await test.step("the server has exactly that receipt", async () => {
    const receipts = await api.receipts(1);
    expect(receipts).toHaveLength(1);
    expectChain(receipts, await till.publicKey(1, 1));
    expect(receipts[0]?.body).toMatchObject({
      store: 1,
      register: 1,
      seller: 1,
      series: "A",
      simulated: true,
      lines: [
        { sku: bread.sku, quantity: 3000, price: bread.price, total: 3 * bread.price },
        { sku: apple.sku, quantity: 840, price: apple.price, total: weighed },
      ],
      tenders: [{ kind: "cash", amount: 2000 }],
      change: 2000 - total,
      total,
    });
    expectTaxes(receipts[0]?.body.taxes ?? [], total);
  });
});

test("the keys for quantity, removal and undo", async ({ page }) => {
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await till.ringUp("Croissant pur beurre");
  await press(page, "-");
  await expect(till.lines).toHaveCount(1);
  await press(page, "Control+z");
  await expect(till.lines).toHaveCount(2);
  await press(page, "ArrowUp", "+", "Delete");
  await expect(till.line("Baguette tradition")).toHaveCount(0);
  await press(page, "Control+z");
  await expect(till.line("Baguette tradition").locator(".qty")).toHaveText("2");
  await press(page, "Shift+Delete");
  await expect(till.lines).toHaveCount(0);
  await press(page, "Control+z");
  await expect(till.lines).toHaveCount(2);
  await press(page, "F9");
  await expect(till.given).toBeFocused();
  await press(page, "Escape");
  await expect(till.lines).toHaveCount(2);
});

test("a tender right after a product, before the page is painted", async ({ page }) => {
  const till = await Till.open(page);
  for (const key of ["F8", "F9"]) {
    await till.tiles.first().evaluate(async (tile: HTMLElement, key) => {
      tile.click();
      // The page has taken note of the product by then, and has not shown it yet.
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    }, key);
    await expect(till.given).toBeFocused();
    await press(page, "Enter");
    await till.expectPaid();
    await till.nextSale(() => press(page, "Enter"));
  }
});

test("a key that is pressed on a tile again rings up nothing that took its place", async ({ page }) => {
  const till = await Till.open(page);
  await till.search.fill("Baguette tradition");
  await till.tile("Baguette tradition").focus();
  await press(page, "Enter");
  await expect(till.line("Baguette tradition")).toBeVisible();
  await expect(till.search).toHaveValue("");
  await expect(till.tiles.nth(9)).toBeVisible();
  await press(page, " ", " ");
  // What the keys have done, if anything, is done by then.
  await till.ringUp("Croissant pur beurre");
  await expect(till.lines).toHaveCount(2);
  await expect(till.line("Baguette tradition").locator(".qty")).toHaveText("1");
});

test("more products than the screen shows come by scrolling and by the arrow keys", async ({ page }) => {
  const till = await Till.open(page);
  const first = await till.tiles.count();
  await page.locator("#tiles").evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await expect.poll(() => till.tiles.count()).toBeGreaterThan(first);
  await till.search.fill("a");
  await expect(till.tiles).toHaveCount(first);
  const picked = till.tiles.nth(first + 1);
  await expect(async () => {
    await press(page, "ArrowDown");
    await expect(picked).toHaveAttribute("aria-current", "true", { timeout: 50 });
  }).toPass({ intervals: [0] });
});

/** Tabs backwards until a control has the focus. */
async function goBackTo(page: Page, control: Locator): Promise<void> {
  for (let step = 0; step < 30; step++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await press(page, "Shift+Tab");
  }
  throw new Error("the control cannot be reached by Shift+Tab");
}

/** What the receipt says under a name. */
function fact(till: Till, name: string): Locator {
  const row = till.receipt.locator("dl > div").filter({ has: till.page.getByText(name, { exact: true }) });
  return row.locator("dd");
}

/** Each rate's share is rounded once, and the shares add up to the total. */
function expectTaxes(taxes: { gross: number; net: number; rate: number; tax: number }[], total: number): void {
  expect(taxes.reduce((sum, { gross }) => sum + gross, 0)).toBe(total);
  for (const { gross, net, rate, tax } of taxes) {
    expect(net).toBe(Math.round((gross * 10_000) / (10_000 + rate)));
    expect(net + tax).toBe(gross);
  }
}

test("what is typed right behind the key that opens a field goes into it", async ({ page }) => {
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  for (const [key, field] of [["F3", "#price"], ["F4", "#discount"]] as const) {
    await test.step(key, async () => {
      // The first time the field's code may have to be fetched.
      await press(page, key);
      await expect(page.locator(field)).toBeFocused();
      await press(page, "Escape");
      await expect(page.locator(field)).toHaveCount(0);
      // Sent without waiting in between; the browser takes them in their order.
      await Promise.all([key, "1", "2"].map((one) => page.keyboard.press(one)));
      await expect(page.locator(field)).toHaveValue("12");
      await expect(till.search).toHaveValue("");
      await press(page, "Escape");
    });
  }
});
