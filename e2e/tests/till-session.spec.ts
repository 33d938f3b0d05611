import { expect } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { Desk } from "../support/desk.ts";
import { euros } from "../support/figures.ts";
import { expectActs, journal } from "../support/journal.ts";
import { press } from "../support/keyboard.ts";
import { expectNoSidewaysScroll } from "../support/layout.ts";
import { showPrinted } from "../support/paper.ts";
import { takePictures } from "../support/pictures.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

test("a register session: float, a sale in cash, cash out, and a count that shows what is missing", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  const till = await Till.open(page);
  const pane = page.getByRole("region", { name: "Tiroir et session" });

  await test.step("it is opened with a float", async () => {
    await press(page, "F1");
    await expect(pane).toContainText("Aucune session n’est ouverte");
    await expectAccessible(page);
    await takePictures(page, "register-menu");
    await pane.getByRole("button", { name: "Ouvrir une session" }).click();
    await expect(page.locator("#cash-amount")).toBeFocused();
    await expectAccessible(page);
    await page.locator("#cash-amount").fill("100");
    await press(page, "Enter");
    await expect(pane).toContainText(`fond ${euros(10_000)}`);
  });

  await test.step("bread is sold for cash", async () => {
    await press(page, "Escape");
    await till.ringUp(bread.name);
    await press(page, "F8");
    await till.given.fill("5");
    await press(page, "Enter");
    await till.expectPaid();
    await till.nextSale(() => press(page, "Escape"));
  });

  await test.step("money goes to the bank, which takes a reason", async () => {
    await press(page, "F1");
    await pane.getByRole("button", { name: "Entrée d’espèces" }).click();
    await expect(page.locator("#reason")).toBeVisible();
    await expectAccessible(page);
    await pane.getByRole("button", { name: "Annuler" }).click();
    await pane.getByRole("button", { name: "Sortie d’espèces" }).click();
    await page.locator("#cash-amount").fill("20");
    await press(page, "Enter");
    await expect(pane.getByRole("alert")).toContainText("Entrez un motif");
    await expectAccessible(page);
    await page.locator("#reason").fill("Banque");
    await press(page, "Enter");
    await expect(pane).toContainText("Mouvement noté");
    await pane.getByRole("button", { name: "Tiroir ouvert sans vente" }).click();
    await expect(pane).toContainText("Ouverture du tiroir notée");
  });

  await test.step("a reload forgets nothing, and the X report says how it stands", async () => {
    await page.reload();
    await till.expectOpen();
    await press(page, "F1");
    await pane.getByRole("button", { name: "Rapport X de la session" }).click();
    const slip = page.locator(".register .receipt");
    await expect(slip).toContainText(`Attendu${euros(8_000 + bread.price)}`);
    await expect(slip).toContainText(`Espèces${euros(bread.price)}`);
    await expectAccessible(page);
    await takePictures(page, "register-report");
    await page.locator(".register .actions").getByRole("button", { name: "Tiroir et session" }).click();
    await pane.getByRole("button", { name: "Rapport X de la période" }).click();
    await expect(slip).toContainText(`Total perpétuel${euros(bread.price)}`);
    await expect(slip).toContainText(`Attendu${euros(8_000 + bread.price)}`);
    await page.locator(".register .actions").getByRole("button", { name: "Tiroir et session" }).click();
  });

  await test.step("ten euros are missing", async () => {
    await pane.getByRole("button", { name: "Compter et fermer" }).click();
    await expect(page.locator("#count-0")).toBeFocused();
    await pane.getByLabel(`Nombre de ${euros(5_000)}`).fill("x");
    await press(page, "Enter");
    await expect(pane.getByRole("alert")).toContainText("Un nombre entier");
    await pane.getByLabel(`Nombre de ${euros(5_000)}`).fill("1");
    await pane.getByLabel(`Nombre de ${euros(2_000)}`).fill("1");
    await pane.getByLabel(`Nombre de ${euros(1)}`, { exact: true }).fill(String(bread.price));
    await expect(page.locator(".outcome")).toContainText(`Écart−${euros(1_000)}`);
    await expectAccessible(page);
    await takePictures(page, "register-count");
    await pane.getByRole("button", { name: "Fermer la session" }).click();
    await expect(page.locator(".register .receipt")).toContainText(`Écart−${euros(1_000)}`);
    await showPrinted(page);
    await expect(page.locator(".register .receipt")).toBeVisible();
    await expect(page.locator(".bar")).toBeHidden();
    await page.emulateMedia({ media: null });
  });

  await test.step("all of it is in the journal, signed", async () => {
    const acts = ["signed_in", "session_opened", "cash_out", "drawer_opened", "session_closed"];
    const entries = await expectActs(api, acts);
    expect(entries[1]?.entry).toEqual({ act: "session_opened", float: 10_000 });
    expect(entries[2]?.entry).toEqual({ act: "cash_out", amount: 2_000, reason: "Banque" });
    expect(entries[4]?.entry).toEqual({
      act: "session_closed",
      counted: [{ count: 1, value: 5_000 }, { count: 1, value: 2_000 }, { count: bread.price, value: 1 }],
      difference: -1_000,
      expected: 8_000 + bread.price,
    });
    const [key, chain] = [await till.publicKey(1, 1), await journal(api)];
    expectChain(chain, key);
    expect(chain[0]?.body).toMatchObject({ by: 1, number: 1, entry: { act: "key_created", key } });
    await press(page, "Escape");
    await press(page, "F1");
    await expect(pane).toContainText("Aucune session n’est ouverte");
  });

  await test.step("and on the desk", async () => {
    await till.signOut();
    await expectActs(api, ["signed_in", "session_opened", "cash_out", "drawer_opened", "session_closed", "signed_out"]);
    const desk = await Desk.open(page);
    await desk.go("Journal");
    const rows = page.locator("tbody tr");
    await expect(rows).toHaveCount(7);
    await expect(rows.nth(1)).toContainText("Session fermée");
    await expect(rows.nth(1)).toContainText(`écart −${euros(1_000)}`);
    await page.getByRole("combobox", { name: /^Acte/ }).selectOption("Sortie d’espèces");
    await expect(rows).toHaveCount(1);
    await expect(rows.first()).toContainText("Banque");
    await page.getByRole("combobox", { name: /^Caisse/ }).selectOption("2");
    await expect(page.getByRole("heading", { name: "Rien dans le journal" })).toBeVisible();
    await page.getByRole("combobox", { name: /^Caisse/ }).selectOption("1");
    await page.getByRole("combobox", { name: /^Acte/ }).selectOption("Tous");
    await expect(rows).toHaveCount(7);
    await expectAccessible(page);
    await takePictures(page, "desk-journal");
    for (const width of [360, 1920]) {
      await page.setViewportSize({ width, height: 740 });
      await expectNoSidewaysScroll(page);
    }
  });
});

test("what is noted at signing out has gone before the page begins anew, however slow the line", async ({ page, server }) => {
  const till = await Till.open(page);
  await expectActs(new Api(server), ["signed_in"]);
  let asked = 0;
  await page.route("**/api/v1/journal", async (route) => {
    asked++;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    // A page that does not wait for the answer has gone by then.
    await route.continue().catch(() => undefined);
  });
  await till.signOut();
  expect(asked, "it is the line that is slow").toBe(1);
  await expectActs(new Api(server), ["signed_in", "signed_out"]);
});

test("the drawer's pane fits a phone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await Till.open(page);
  await page.locator("summary.who").click();
  await page.locator("#register").click();
  const pane = page.getByRole("region", { name: "Tiroir et session" });
  await expect(pane).toBeVisible();
  await expectNoSidewaysScroll(page);
  await pane.getByRole("button", { name: "Ouvrir une session" }).click();
  await page.locator("#cash-amount").fill("0");
  await press(page, "Enter");
  await pane.getByRole("button", { name: "Compter et fermer" }).click();
  await expect(page.locator("#count-0")).toBeVisible();
  await expectNoSidewaysScroll(page);
});
