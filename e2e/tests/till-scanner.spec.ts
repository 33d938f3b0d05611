import { expect, type Page } from "@playwright/test";
import { Api, type Product } from "../support/api.ts";
import { euros, label } from "../support/figures.ts";
import { press, scan, type } from "../support/keyboard.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

/** A product that bears a barcode of its own, sold by the piece. */
interface Coded extends Product {
  gtin: string;
}

const CODES_IN_A_SECOND = 30;

test("a scan counts wherever the focus is, and leaves nothing there", async ({ page, server }) => {
  const [first, second, third, fourth, fifth] = await coded(new Api(server));
  const till = await Till.open(page);

  await test.step("nowhere", async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await scan(page, [first.gtin]);
    await expect(till.line(first.name).locator(".qty")).toHaveText("1");
    await expect(till.search).toHaveValue("");
  });

  await test.step("on a tile, which its Enter must not press", async () => {
    await till.tiles.first().focus();
    await scan(page, [second.gtin]);
    await expect(till.line(second.name).locator(".qty")).toHaveText("1");
    await expect(till.lines).toHaveCount(2);
  });

  await test.step("in the search, where somebody is typing", async () => {
    await till.search.focus();
    await type(page, "pomme");
    await scan(page, [third.gtin]);
    await expect(till.line(third.name).locator(".qty")).toHaveText("1");
    await expect(till.lines).toHaveCount(3);
  });

  await test.step("in the field of the quantity", async () => {
    await page.locator("#quantity").focus();
    await scan(page, [fourth.gtin]);
    await expect(till.line(fourth.name).locator(".qty")).toHaveText("1");
    await expect(till.line(third.name).locator(".qty")).toHaveText("1");
    await expect(page.locator("#quantity")).toHaveValue("1");
  });

  await test.step("while the payment is being begun", async () => {
    await press(page, "F8");
    await expect(till.given).toBeFocused();
    await scan(page, [fifth.gtin]);
    await expect(till.line(fifth.name).locator(".qty")).toHaveText("1");
    await expect(till.lines).toHaveCount(5);
    await press(page, "F8");
    await expect(till.given).toHaveValue("");
  });
});

test("a burst of thirty codes in a second loses none", async ({ page, server }) => {
  const products = (await coded(new Api(server))).slice(0, 5);
  const till = await Till.open(page);
  const codes = Array.from({ length: CODES_IN_A_SECOND }, (_, place) => products[place % 5]?.gtin ?? "");
  await scan(page, codes);
  for (const product of products) await expect(till.line(product.name).locator(".qty")).toHaveText("6");
  await expect(till.lines).toHaveCount(5);
  await expect(till.total).toHaveText(euros(6 * products.reduce((sum, { price }) => sum + price, 0)));
  await expect(till.search).toHaveValue("");
});

test("a burst loses none either into the field of a payment, a manager's PIN, or a quantity", async ({ page, server }) => {
  const products = (await coded(new Api(server))).slice(0, 5);
  const till = await Till.open(page);
  const codes = Array.from({ length: CODES_IN_A_SECOND }, (_, place) => products[place % 5]?.gtin ?? "");
  const fields = [
    { open: () => press(page, "F8"), field: till.given },
    { open: () => askPrice(page), field: page.locator("#manager-pin") },
    { open: () => page.locator("#quantity").click(), field: page.locator("#how-many") },
  ];
  await till.ringUp(products[0]!.name);
  for (const [round, { open, field }] of fields.entries()) {
    await open();
    await expect(field).toBeFocused();
    await scan(page, codes);
    for (const [place, product] of products.entries()) {
      await expect(till.line(product.name).locator(".qty")).toHaveText(String(6 * (round + 1) + (place === 0 ? 1 : 0)));
    }
    await expect(field).toHaveCount(0);
    await expect(till.search).toHaveValue("");
  }
});

test("labels of the store's scale, codes without Enter, and codes that nobody knows", async ({ page, server }) => {
  const api = new Api(server);
  const [apple, [product]] = [await api.product("Pomme Gala"), await coded(api)];
  const till = await Till.open(page);

  await test.step("a weight label", async () => {
    await scan(page, [label(apple.gtin ?? "", 840)]);
    await expect(till.line(apple.name)).toContainText("0,840 kg");
    await expect(till.line(apple.name)).toContainText(euros(Math.round(apple.price * 0.84)));
  });

  await test.step("a price label, and one whose price fits no number of pieces", async () => {
    const cheese = { ...product, sku: "COMTE-PORTION", name: "Comté à la portion", gtin: label("2101424", 0), price: 250 };
    await api.putProduct(cheese);
    await till.search.fill(cheese.name);
    await expect(till.tile(cheese.name)).toBeVisible();
    await till.search.fill("");
    await scan(page, [label(cheese.gtin, 500)]);
    await expect(till.line(cheese.name).locator(".qty")).toHaveText("2");
    await scan(page, [label(cheese.gtin, 333)]);
    await expect(till.slot).toContainText(cheese.name);
    await expect(till.line(cheese.name).locator(".qty")).toHaveText("2");
    await press(page, "Delete");
  });

  await test.step("a quantity that is typed before a scan", async () => {
    await till.search.fill("3 × ");
    await scan(page, [product.gtin]);
    await expect(till.line(product.name).locator(".qty")).toHaveText("3");
    await press(page, "Delete");
  });

  await test.step("a scanner that sends no Enter", async () => {
    await scan(page, [product.gtin], "nothing");
    await expect(till.line(product.name).locator(".qty")).toHaveText("1");
    await expect(till.search).toHaveValue("");
  });

  await test.step("unknown codes, from nowhere and in the search", async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (const code of ["4006381333931", "5000112637922"]) {
      await scan(page, [code]);
      await expect(till.slot).toContainText(`Code inconnu : ${code}`);
      await expect(till.search).toHaveValue("");
    }
    await expect(till.lines).toHaveCount(2);
  });

  await test.step("a scan after the receipt begins the next sale", async () => {
    await till.payByCard();
    await scan(page, [product.gtin]);
    await expect(till.line(product.name).locator(".qty")).toHaveText("1");
    await expect(till.lines).toHaveCount(1);
  });
});

/** The first products with a barcode of their own that are sold by the piece. */
async function coded(api: Api): Promise<[Coded, Coded, Coded, Coded, Coded]> {
  const found = (await api.products()).filter((product): product is Coded => product.unit === "piece" && /^3/.test(product.gtin ?? ""));
  const [a, b, c, d, e] = found;
  if (!a || !b || !c || !d || !e) throw new Error("the demo has no five products with barcodes");
  return [a, b, c, d, e];
}

/** Asks for another price of the chosen line, and goes on to the PIN of whoever allows it. */
async function askPrice(page: Page): Promise<void> {
  await press(page, "F3");
  await expect(page.locator("#price")).toBeFocused();
  await press(page, "Tab", "Tab");
}
