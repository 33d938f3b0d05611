import { expect, type Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { records } from "../support/database.ts";
import { Desk } from "../support/desk.ts";
import { press } from "../support/keyboard.ts";
import { takePictures } from "../support/pictures.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

const BREAD = "Baguette tradition";

/** What the till says where it may not sell what is not there. */
const left = (pieces: number) => `${BREAD} : stock ${pieces}, vente refusée.`;

test("most stores sell what the customer holds in hand, and running out is flagged", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await stock(api, 1);
  const till = await Till.open(page);
  await till.ringUp(BREAD);
  await more(page);
  await expect(till.line(BREAD).locator(".qty")).toHaveText("2");
  await till.payByCard();
  await till.expectSaved();
  await api.expectLevel(1, bread, -1_000);
  const alerts = await api.get<{ items: { sku: string; on_hand: number }[] }>("alerts?store=1");
  expect(alerts.items).toContainEqual(expect.objectContaining({ sku: bread, on_hand: -1_000 }));
});

test("a store can refuse to sell more than it has: its tills hear of it at once, and go by it without a line too", async ({ browser, page, server, problems }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const bread = await stock(api, 2);
  const till = await Till.open(page);
  await till.expectKept();
  const desk = await Desk.open(await (await browser.newContext({ baseURL: server.url })).newPage());
  await desk.go("Magasins");
  const rule = desk.page.getByRole("switch", { name: "Refuser de vendre au-delà du stock" });
  await expect(rule).toHaveAttribute("aria-checked", "false");
  const quantity = till.line(BREAD).locator(".qty");

  await test.step("what is rung up is not paid for any more, nor is more rung up", async () => {
    await till.ringUp(BREAD);
    for (let pieces = 2; pieces <= 3; pieces++) await more(page);
    await expect(quantity).toHaveText("3");
    await rule.click();
    await expect(rule).toHaveAttribute("aria-checked", "true");
    await expectRule(page, true);
    await page.getByRole("button", { name: /^Carte/ }).click();
    await expect(till.slot).toContainText(left(2));
    await takePictures(page, "till-no-stock");
    await press(page, "-");
    await expect(quantity).toHaveText("2");
    await more(page);
    await expect(till.slot).toContainText(left(2));
    await expect(quantity).toHaveText("2");
    await till.payByCard();
    await till.expectSaved();
    await till.nextSale(() => press(page, "Escape"));
  });

  await test.step("without a server, what was sold here counts", async () => {
    await api.move(1, "deliveries", { [bread]: 1 });
    await till.search.fill(BREAD);
    await expect(till.tile(BREAD)).toContainText("1 en stock");
    await server.stop();
    await till.ringUp(BREAD);
    await till.payByCard();
    await till.nextSale(() => press(page, "Escape"));
    for (const again of [false, true]) {
      if (again) await page.reload();
      await till.expectOpen();
      await till.search.fill(BREAD);
      await till.tile(BREAD).click();
      await expect(till.slot).toContainText(left(0));
      await expect(till.lines).toHaveCount(0);
    }
    await server.startAgain();
    await till.expectAllSaved();
  });

  await test.step("the rule is lifted as it was made", async () => {
    await api.patch("stores/1", { refuse_below_zero: false });
    await expectRule(page, false);
    await till.ringUp(BREAD);
    await till.payByCard();
    await till.expectSaved();
    await api.expectLevel(1, bread, -1_000);
  });
});

test("the establishment's number is entered at the desk and stands on the next receipt", async ({ browser, page, server }) => {
  const till = await Till.open(page);
  await till.expectKept();
  const desk = await Desk.open(await (await browser.newContext({ baseURL: server.url })).newPage());
  await desk.go("Magasins");
  const siret = desk.page.getByRole("textbox", { name: "SIRET" });
  const save = desk.page.locator("form.rename", { has: siret }).getByRole("button", { name: "Enregistrer" });
  await siret.fill("732 829 320 00075");
  await save.click();
  await expect(desk.page.locator(".rules").getByRole("alert")).toContainText("14 chiffres");
  await siret.fill("732 829 320 00074");
  await save.click();
  await expect(siret).toHaveValue("73282932000074");
  await expect(desk.page.locator(".rules").getByRole("alert")).toHaveCount(0);
  await expect.poll(async () => kept(page, "siret")).toBe("73282932000074");
  await till.ringUp(BREAD);
  await till.payByCard();
  await expect(page.locator(".receipt header")).toContainText("SIRET 73282932000074");
});

test("the rule about voids is followed at once", async ({ page, server }) => {
  const api = new Api(server);
  const till = await Till.open(page);
  await till.ringUp(BREAD);
  await api.patch("stores/1", { void_needs_manager: true });
  await expect.poll(async () => kept(page, "void_needs_manager")).toBe(true);
  await press(page, "Delete");
  await expect(page.locator(".permission")).toContainText("demande un responsable");
  await expect(till.lines).toHaveCount(1);
});

/** Counts so many pieces of bread in the first store, and says what it is called. */
async function stock(api: Api, pieces: number): Promise<string> {
  const { sku } = await api.product(BREAD);
  await api.level(1, sku);
  await api.move(1, "counts", { [sku]: pieces });
  await api.expectLevel(1, sku, pieces * 1000);
  return sku;
}

async function more(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Un de plus" }).click();
}

/** Waits until the till has heard how its store stands to selling below zero. */
async function expectRule(page: Page, on: boolean): Promise<void> {
  await expect.poll(async () => kept(page, "refuse_below_zero")).toBe(on);
}

/** A rule of the first store as the till's browser keeps it. */
async function kept(page: Page, rule: string): Promise<unknown> {
  const text = (await records(page, "kept")).get("stores");
  const stores = JSON.parse(text ?? "[]") as ({ no: number } & Record<string, unknown>)[];
  return stores.find(({ no }) => no === 1)?.[rule];
}
