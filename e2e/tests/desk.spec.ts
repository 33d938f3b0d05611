import { expect } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { Bot } from "../support/bot.ts";
import { damageDeliveries } from "../support/damage.ts";
import { Desk, type Tab } from "../support/desk.ts";
import { expectNoSidewaysScroll } from "../support/layout.ts";
import { OwnKey } from "../support/own-key.ts";
import { takePictures } from "../support/pictures.ts";
import { test } from "../support/test.ts";

const TABS: { tab: Tab; name: string }[] = [
  { tab: "Direct", name: "live" },
  { tab: "Stocks", name: "stocks" },
  { tab: "Tickets", name: "receipts" },
  { tab: "Intégrité", name: "integrity" },
  { tab: "Magasins", name: "stores" },
  { tab: "Robots", name: "bots" },
];

test("the desk follows bots as they sell", async ({ page, server }) => {
  test.slow();
  const desk = await Desk.open(page);
  await expect(page.getByText("Pas encore de ticket")).toBeVisible();
  await takePictures(page, "desk-empty");
  const bot = new Bot(server, ["--stores", "2", "--registers", "2", "--sellers", "2", "--rate", "40", "--receipts", "400", "--seed", "7"]);
  try {
    await expect(desk.feed.first()).toBeVisible({ timeout: 60_000 });
    await expect(desk.figures("Tickets enregistrés par seconde").locator("strong")).not.toHaveText("0,0");
    await expect(desk.figures("Chiffre du jour").locator("strong")).not.toHaveText("0,00 €");
    const report = await bot.report();
    expect(report).toMatchObject({ lost: 0, duplicated: 0, gaps: 0, stock_errors: 0, alerts_missed: 0 });
    await expect(desk.figures("Tickets enregistrés par seconde")).toContainText(`${report.saved} enregistrés · 0 manquant`);
    await expect(desk.figures("Séries complètes")).toContainText("tout est arrivé, de 1 à N");
  } finally {
    await bot.kill();
  }

  for (const { tab, name } of TABS) {
    await test.step(`the page ${tab}`, async () => {
      await desk.go(tab);
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await expectAccessible(page);
      await takePictures(page, `desk-${name}`);
      for (const width of [360, 390]) {
        await page.setViewportSize({ width, height: 740 });
        await expectNoSidewaysScroll(page);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
    });
  }

  await test.step("one receipt in full", async () => {
    await desk.go("Tickets");
    await page.locator("tbody a").first().click();
    await expect(page.locator(".receipt")).toBeVisible();
    await expect(page.getByText("L’empreinte correspond au contenu.")).toBeVisible();
    await expectAccessible(page);
    await takePictures(page, "desk-receipt");
  });
});

test("the desk reconnects by itself after a restart, and catches up", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  const register = await OwnKey.enrol(api, 1, 2);
  const desk = await Desk.open(page);
  await register.sell(bread);
  await expect(desk.feed).toHaveCount(1);

  await server.kill();
  await expect(desk.link).toHaveText("Hors ligne");
  await expect(desk.notices).toContainText("La liaison est coupée.");
  await expectAccessible(page);
  await takePictures(page, "desk-offline");
  await server.startAgain();
  await register.sell(bread);
  await desk.expectLive();
  await expect(desk.feed).toHaveCount(2);
  await expect(desk.feed.first()).toContainText("n° 2");
  await expect(desk.notices).not.toContainText("La liaison est coupée.");
  await expect(desk.figures("Tickets enregistrés par seconde")).toContainText("2 enregistrés · 0 manquant");
});

test("a simulation is started and stopped from the desk", async ({ page, server }) => {
  const api = new Api(server);
  const desk = await Desk.open(page);
  await desk.go("Robots");
  await expect(page.getByText("Aucune simulation")).toBeVisible();
  await page.getByLabel("Magasins").fill("1");
  await page.getByLabel("Cadence").fill("20");
  await page.getByRole("button", { name: "Lancer" }).click();
  const run = page.locator("article.run");
  await expect(run).toContainText("en cours");
  await expect(run.locator(".tally dd").first()).toHaveText(/[1-9]/);
  await expectAccessible(page);
  await takePictures(page, "desk-simulation");

  await desk.go("Direct");
  await expect(desk.feed.first()).toBeVisible();
  await desk.go("Robots");
  await page.getByRole("button", { name: "Arrêter" }).click();
  await expect(run).toContainText("terminée", { timeout: 60_000 });
  const [simulation] = await api.get<{ issued: number; state: string }[]>("simulations");
  expect(simulation).toMatchObject({ state: "ended" });
  expect(simulation?.issued).toBeGreaterThan(0);
});

test("forged and forked receipts are kept, and are alarms", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  const register = await OwnKey.enrol(api, 1, 2);
  const desk = await Desk.open(page);
  const first = await register.sell(bread);

  await test.step("a broken chain", async () => {
    await register.send(bread, { number: 2, prev: "f".repeat(64) });
    await expect(desk.notices).toContainText("Chaîne rompue");
    await takePictures(page, "desk-alarm");
  });

  await test.step("one number twice", async () => {
    await register.send(bread, { number: 2, prev: first.hash });
    await expect(desk.notices).toContainText("Deux tickets, un seul numéro");
    await desk.notices.getByRole("link", { name: "Voir" }).first().click();
    const alarms = page.getByRole("complementary", { name: "Alarmes" });
    await expect(alarms).toContainText("Chaîne rompue");
    await expect(alarms).toContainText("Deux tickets, un seul numéro");
    await expectAccessible(page);
    await takePictures(page, "desk-alarms");
    await alarms.getByRole("link", { name: "Voir le ticket" }).first().click();
    await expect(page.locator(".receipt")).toContainText("Baguette tradition");
  });

  expect(await api.receipts(1), "all three are kept").toHaveLength(3);
});

test("a record that the disk has damaged is shown, mended and counts", async ({ page, problems, server }) => {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  await api.level(1, bread.sku);
  await damageDeliveries(server, api, 1, bread.sku);
  problems.allow(/status of 422/);
  const desk = await Desk.open(page);
  await desk.go("Intégrité");
  const letters = page.getByRole("region", { name: "Enregistrements illisibles" }).locator("article");
  await expect(letters.first()).toContainText("Livraison");
  await expect(letters.first()).toContainText("Lyon Part-Dieu");
  await expect(page.getByRole("complementary", { name: "Alarmes" })).toContainText("Enregistrement illisible");
  const [count, { on_hand }] = [await letters.count(), await api.level(1, bread.sku)];
  await letters.first().getByRole("button", { name: "Réparer" }).click();
  const content = letters.first().getByLabel("Contenu (JSON)");
  await expect(content).toBeFocused();
  const damaged = await content.inputValue();
  expect(damaged).toMatch(/^#"id"/);

  await test.step("what is still wrong is said, and nothing is published", async () => {
    await content.fill(`${damaged}#`);
    await letters.first().getByRole("button", { name: "Publier" }).click();
    await expect(letters.first().getByRole("alert")).toContainText("Ce n’est pas du JSON : ligne 1, colonne 1.");
    await content.fill("{}");
    await letters.first().getByRole("button", { name: "Publier" }).click();
    await expect(letters.first().getByRole("alert")).toContainText("Cela ne peut toujours pas être lu");
    await expectAccessible(page);
    await takePictures(page, "desk-mend");
  });

  await content.fill(damaged.replace("#", "{"));
  await letters.first().getByRole("button", { name: "Publier" }).click();
  await expect(letters).toHaveCount(count - 1);
  await api.expectLevel(1, bread.sku, on_hand + 1000);
});

test("a seller does not get in, a manager does", async ({ page, server }) => {
  await page.goto("/manager");
  await page.locator("#number").fill("1");
  await page.locator("#pin").fill("1111");
  await page.getByRole("button", { name: /^Ouvrir le bureau/ }).click();
  await expect(page.getByText("Cette page est réservée aux responsables")).toBeVisible();
  await expectAccessible(page);
  await Desk.open(page);
  expect(server.log).not.toContain("panicked");
});
