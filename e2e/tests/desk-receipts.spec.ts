import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Desk } from "../support/desk.ts";
import { euros } from "../support/figures.ts";
import { OwnKey } from "../support/own-key.ts";
import { test } from "../support/test.ts";

test("filters narrow the receipts, and one opens with its lines", async ({ page, server }) => {
  const api = new Api(server);
  const [bread, coffee] = [await api.product("Baguette tradition"), await api.product("Café moulu pur arabica 250 g")];
  const [lyon, lille] = [await OwnKey.enrol(api, 1, 1), await OwnKey.enrol(api, 2, 1)];
  await lyon.sell(bread);
  await lyon.sell(coffee, { seller: 3 });
  await lille.sell(bread);
  await api.buy(1, 2, { [bread.sku]: 3, [coffee.sku]: 1 });
  await api.receiptsOnceThere(1, 3);
  await api.receiptsOnceThere(2, 1);
  const desk = await Desk.open(page);
  await desk.go("Tickets");
  const filters = page.getByRole("form", { name: "Filtres" });
  const expectListed = async (...origins: string[]) => {
    const cells = page.getByRole("region", { name: "Ticket" }).locator("tbody td.cut");
    await expect(cells).toHaveCount(origins.length);
    expect((await cells.allTextContents()).sort()).toEqual(origins.sort());
  };
  const find = async (criteria: Record<string, string>) => {
    await filters.getByRole("button", { name: "Effacer" }).click();
    for (const [name, text] of Object.entries(criteria)) await filters.getByLabel(name).fill(text);
    await filters.getByRole("button", { name: "Chercher" }).click();
  };
  const [first, second] = ["Lyon Part-Dieu · caisse 1 · Ines M.", "Lyon Part-Dieu · caisse 1 · Solène D."];
  const [other, basket] = ["Lille Flandres · caisse 1 · Mathieu L.", "Lyon Part-Dieu · caisse 2 · libre-service"];
  await expectListed(first, second, other, basket);

  await test.step("each by itself", async () => {
    await find({ Numéro: "2" });
    await expectListed(second);
    await find({ Vendeur: "1" });
    await expectListed(first, other);
    await find({ Montant: "1,20" });
    await expectListed(first, other);
    await find({ Produit: coffee.sku });
    await expectListed(second, basket);
    await find({ Numéro: "99" });
    await expect(page.getByText("Aucun ticket enregistré ne répond à tous les critères.")).toBeVisible();
  });

  await test.step("the store at once, and others with it", async () => {
    await find({});
    await filters.getByLabel("Magasin").selectOption({ label: "Lyon Part-Dieu" });
    await expectListed(first, second, basket);
    await filters.getByLabel("Numéro").fill("1");
    await filters.getByLabel("Numéro").press("Enter");
    await expectListed(first, basket);
    await filters.getByLabel("Caisse").fill("2");
    await filters.getByRole("button", { name: "Chercher" }).click();
    await expectListed(basket);
  });

  await test.step("what is no number is said, and the list stays", async () => {
    await filters.getByLabel("Numéro").fill("abc");
    await filters.getByRole("button", { name: "Chercher" }).click();
    await expect(filters.getByRole("alert")).toHaveText("un nombre entier, à partir de 1");
    await expectListed(basket);
  });

  await test.step("all lines of the one that is opened", async () => {
    await page.getByRole("link", { name: "n° 1" }).click();
    const rows = page.locator(".receipt .items tr");
    await expect(rows).toHaveCount(2);
    await expect(rows.nth(0)).toContainText(`${bread.name}3 × ${euros(bread.price)}`);
    await expect(rows.nth(0)).toContainText(euros(3 * bread.price));
    await expect(rows.nth(1)).toContainText(`${coffee.name}1 × ${euros(coffee.price)}`);
    await expect(page.locator(".receipt .grand")).toContainText(euros(3 * bread.price + coffee.price));
  });
});

test("a copy printed at the desk says so, and is noted before the paper comes out", async ({ page, server, problems }) => {
  const api = new Api(server);
  const lyon = await OwnKey.enrol(api, 1, 1);
  await lyon.sell(await api.product("Baguette tradition"));
  const [receipt] = await api.receiptsOnceThere(1, 1);
  await page.addInitScript(() => Object.assign(window, { printed: 0, print: () => window.printed++ }));
  const printed = () => page.evaluate(() => window.printed);
  const desk = await Desk.open(page);
  await desk.go("Tickets");
  await page.getByRole("link", { name: "n° 1" }).click();
  await expect(page.locator(".receipt .stamp")).toContainText(["DUPLICATA"]);
  const print = page.getByRole("button", { name: "Imprimer" });
  await print.click();
  await expect.poll(printed).toBe(1);
  await desk.go("Journal");
  const entry = page.locator("tbody tr", { hasText: "Ticket réimprimé" });
  await expect(async () => {
    await page.getByRole("button", { name: "Actualiser" }).click();
    await expect(entry).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await entry.getByRole("link").click();
  await expect(page.locator(".receipt")).toContainText(euros(receipt!.body.total));

  await test.step("what cannot be noted is not printed", async () => {
    problems.allow(/503/);
    await page.route("**/reprints", (route) => route.fulfill({ status: 503, json: { type: "about:blank", title: "Busy", status: 503 } }));
    const before = await printed();
    await print.click();
    await expect(page.locator("aside.detail").getByRole("alert")).toBeVisible();
    expect(await printed()).toBe(before);
  });
});

declare global {
  interface Window {
    /** How often the page was printed. */
    printed: number;
  }
}
