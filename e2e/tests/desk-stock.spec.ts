import { expect } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { Desk } from "../support/desk.ts";
import { press, type } from "../support/keyboard.ts";
import { test } from "../support/test.ts";

test("a search in the stock narrows the list to what is meant", async ({ page, server }) => {
  const api = new Api(server);
  const [bread, coffee] = [await api.product("Baguette tradition"), await api.product("Café moulu pur arabica 250 g")];
  const { on_hand, par } = await api.level(1, bread.sku);
  const desk = await Desk.open(page);
  await desk.go("Stocks");
  const rows = page.getByRole("region", { name: "Produit" }).locator("tbody tr");
  const count = page.locator(".view .head [role=status]");
  await expect(rows).toHaveCount(100);
  await expect(count).toHaveText(/^100 sur [5-9]\d\d produits$/);

  await test.step("by a name, without its accents", async () => {
    await press(page, "F2");
    await type(page, "cafe moulu pur arabica 250");
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(coffee.name);
    await expect(count).toHaveText("1 sur 1 produit");
  });

  await test.step("by a barcode", async () => {
    await page.getByRole("searchbox").fill(bread.gtin ?? "");
    await expect(rows).toHaveCount(1);
    await expect(rows.locator("td").first()).toContainText(bread.name);
    await expect(rows.locator("td.num")).toHaveText([String(on_hand / 1000), String(par / 1000), "Mouvement"]);
  });

  await test.step("to nothing, and back to everything", async () => {
    await page.getByRole("searchbox").fill("zzzz");
    await expect(page.getByText("Aucun produit trouvé")).toBeVisible();
    await page.getByRole("searchbox").fill("");
    await expect(rows).toHaveCount(100);
  });
});

test("goods that come in, are counted or go elsewhere: each form can be used by everyone", async ({ page, server }) => {
  const bread = await new Api(server).product("Baguette tradition");
  const desk = await Desk.open(page);
  await desk.go("Stocks");
  await page.getByRole("searchbox").fill(bread.gtin ?? "");
  const rows = page.getByRole("region", { name: "Produit" }).locator("tbody tr");
  await expect(rows).toHaveCount(1);
  await rows.getByRole("button", { name: /^Mouvement/ }).click();
  const acts = page.getByRole("group", { name: "Mouvements" });
  for (const [act, quantity] of [["Réceptionner", "Quantité reçue"], ["Compter", "Quantité comptée"], ["Transférer", "Quantité envoyée"]] as const) {
    await acts.getByRole("button", { name: act }).click();
    await expect(page.getByLabel(quantity)).toBeVisible();
    await expectAccessible(page);
  }
  await page.getByLabel("Quantité envoyée").fill("x");
  await page.keyboard.press("Enter");
  await expect(page.locator(".moves [role=alert]")).toBeVisible();
  await expectAccessible(page);
});
