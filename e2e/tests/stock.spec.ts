import { expect } from "@playwright/test";
import { Api, type Level, type Product } from "../support/api.ts";
import { Desk } from "../support/desk.ts";
import { Line } from "../support/line.ts";
import { takePictures } from "../support/pictures.ts";
import { test } from "../support/test.ts";
import { POST, Till } from "../support/till.ts";

test("a product that runs low shows on till and desk, and a delivery clears it on both", async ({ browser, page, problems, server }) => {
  const api = new Api(server);
  const { product, level } = await scarce(api);
  const [left, par] = [level.on_hand / 1000 - 1, level.par / 1000];
  const context = await browser.newContext();
  problems.watch(context);
  const desk = await Desk.open(await context.newPage());
  const till = await Till.open(page);

  await test.step("one sale takes it below its threshold", async () => {
    await till.ringUp(product.name);
    await till.payByCard();
    await expect(till.slot).toContainText(`${product.name} : plus que ${left} sur ${par}`);
    await expect(desk.alert(product.name)).toContainText(`${left} / ${par}`);
    await expect(desk.alert(product.name)).toContainText("Lyon Part-Dieu");
    await takePictures(page, "till-alert");
    await takePictures(desk.page, "desk-alert");
  });

  await test.step("its tile says so too", async () => {
    await page.keyboard.press("Escape");
    await till.search.fill(product.name);
    await expect(till.tile(product.name)).toHaveClass(/low/);
    await expect(till.tile(product.name)).toContainText(`${left} en stock`);
  });

  await test.step("the manager receives a delivery", async () => {
    await desk.alert(product.name).getByRole("button", { name: /^Réceptionner/ }).click();
    await desk.page.getByLabel("Quantité reçue").fill("30");
    await takePictures(desk.page, "desk-delivery");
    await desk.page.getByRole("button", { name: "Valider" }).click();
    await expect(desk.alert(product.name)).toHaveCount(0);
    await expect(till.slot).not.toContainText(product.name);
    await expect(till.tile(product.name)).toContainText(`${left + 30} en stock`);
    await expect(till.tile(product.name)).not.toHaveClass(/low/);
    await api.expectLevel(1, product.sku, (left + 30) * 1000);
  });
  await context.close();
});

test("what another register sells shows on this one's tiles, and stock below zero sells on", async ({ browser, page, problems, server }) => {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  const { on_hand } = await api.level(1, bread.sku);
  const here = await Till.open(page);
  await here.search.fill(bread.name);
  await expect(here.tile(bread.name)).toContainText(`${on_hand / 1000} en stock`);

  const context = await browser.newContext();
  problems.watch(context);
  const there = await Till.open(await context.newPage(), { ...POST, register: 2, seller: 2 });
  await there.ringUp(bread.name);
  await there.payByCard();
  await expect(here.tile(bread.name)).toContainText(`${on_hand / 1000 - 1} en stock`);

  await test.step("the goods are in the customer's hands", async () => {
    await api.move(1, "counts", { [bread.sku]: 0 });
    await expect(here.tile(bread.name)).toContainText("Épuisé (0)");
    await expect(here.tile(bread.name)).toHaveClass(/out/);
    await here.tile(bread.name).click();
    await here.payByCard();
    await here.expectSaved();
    await api.expectLevel(1, bread.sku, -1000);
  });
  await context.close();
});

test("a new price shows at once, and what is rung up keeps the one it was rung up at", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  const till = await Till.open(page);
  await till.ringUp(bread.name);
  await till.search.fill(bread.name);
  await api.putProduct({ ...bread, price: 145 });
  await expect(till.tile(bread.name)).toContainText("1,45 €");
  await expect(till.total).toHaveText("1,20 €");
  await till.tile(bread.name).click();
  await expect(till.total).toHaveText("2,65 €");
  await till.payByCard();
  await till.expectSaved();
  const [receipt] = await api.receipts(1);
  expect(receipt?.body.total).toBe(265);
});

test("a price that changed while the line was cut shows once it is up again", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  const line = await Line.of(page);
  const till = await Till.open(page);
  await till.search.fill(bread.name);
  await expect(till.tile(bread.name)).toContainText("1,20 €");
  await line.cut();
  await expect(till.outbox).toContainText("Hors ligne");
  await api.putProduct({ ...bread, price: 145 });
  line.mend();
  await expect(till.tile(bread.name)).toContainText("1,45 €");
});

/** A product of which one sale leaves too little, once the demo's shelves are filled and counted. */
async function scarce(api: Api): Promise<{ product: Product; level: Level }> {
  const pieces = new Map((await api.products()).filter(({ unit }) => unit === "piece").map((product) => [product.sku, product]));
  const isLow = ({ par, threshold }: Level, onHand: number) => onHand * 10_000 < par * threshold;
  const isScarce = (level: Level) => level.on_hand > 1000 && !isLow(level, level.on_hand) && isLow(level, level.on_hand - 1000);
  const found = async () => (await api.levels(1)).find((level) => pieces.has(level.sku) && isScarce(level));
  await expect.poll(found, { timeout: 60_000 }).toBeDefined();
  const level = await found();
  const product = level && pieces.get(level.sku);
  if (!product) throw new Error("the demo has no scarce product");
  return { product, level };
}
