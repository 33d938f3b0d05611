import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { press, scan } from "../support/keyboard.ts";
import { articles, importInto } from "../support/large-catalogue.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

/** Several pages of the catalogue, and many blocks of the till's. */
const PRODUCTS = 20_000;

test("a catalogue of 20,000 products is there at once, found and scanned, kept up, and kept for a start without a server", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const products = articles(PRODUCTS);
  const [first, middle, last] = [products[0]!, products[11_111]!, products[PRODUCTS - 1]!];
  await importInto(server, products);
  const api = new Api(server);
  const till = await Till.open(page);
  const count = page.locator(".shelf .count");
  await test.step("all of it is on the shelf, found and scanned", async () => {
    // The demo's own come on top.
    await expect(count).toHaveText(/^2\d{4} produits$/);
    await till.search.fill(middle.name.toLowerCase());
    await expect(till.tile(middle.name)).toBeVisible();
    await till.search.fill("");
    await scan(page, [first.gtin, last.gtin]);
    await expect(till.line(first.name)).toBeVisible();
    await expect(till.line(last.name)).toBeVisible();
  });

  await test.step("another price shows without a reload", async () => {
    const product = await api.product(middle.name);
    await api.putProduct({ ...product, price: 12_345 });
    await till.search.fill(middle.name);
    await expect(till.tile(middle.name).locator(".price")).toContainText("123,45");
  });

  await test.step("without a server it is all there, and what is scanned at once is rung up", async () => {
    await till.expectKept();
    await server.stop();
    await page.reload({ waitUntil: "commit" });
    await expect(till.search).toBeVisible();
    await scan(page, [middle.gtin]);
    await expect(till.line(middle.name)).toBeVisible();
    await expect(till.line(middle.name)).toContainText("123,45");
    await expect(count).toHaveText(/^2\d{4} produits$/);
    await till.search.fill(last.name);
    await press(page, "Enter");
    await expect(till.line(last.name).locator(".qty")).toHaveText("2");
  });
});
