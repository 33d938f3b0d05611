import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { putForward } from "../support/clock.ts";
import { Desk } from "../support/desk.ts";
import { OwnKey } from "../support/own-key.ts";
import { test } from "../support/test.ts";

/** More than a till needs to send again what got lost. */
const PATIENCE = 61_000;

test("a number that does not arrive is an alarm once it should have, until it is there", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  const [whole, broken] = [await OwnKey.enrol(api, 1, 1), await OwnKey.enrol(api, 1, 2)];
  const desk = await Desk.open(page);
  await whole.sell(bread);
  await broken.sell(bread);
  const late = broken.keepBack(bread);
  await broken.sell(bread);
  const complete = desk.figures("Séries complètes");
  const register = desk.store("Lyon Part-Dieu").locator("li", { hasText: "Caisse 2" });
  const badge = page.getByRole("navigation", { name: "Pages" }).locator(".badge");
  const rows = page.getByRole("region", { name: "Séries" }).locator("tbody tr");

  await test.step("it may be on its way", async () => {
    await expect(complete.locator("strong")).toHaveText("1 / 2");
    await expect(complete).toHaveClass(/low/);
    await expect(register.locator(".mark")).toHaveClass(/wait/);
    await expect(badge).toHaveCount(0);
    await expect(desk.notices).not.toContainText("Des tickets manquent.");
  });

  await test.step("after a minute it is missed", async () => {
    await putForward(page, PATIENCE);
    await expect(desk.notices).toContainText("Des tickets manquent. 1 numéro n’est pas arrivé depuis plus d’une minute.");
    await expect(badge).toHaveText("1");
    await expect(complete).toHaveClass(/out/);
    await expect(complete).toContainText("1 numéro manque");
    await expect(register.locator(".mark")).toHaveClass(/bad/);
  });

  await test.step("the page says which one, and since when", async () => {
    await desk.notices.getByRole("link", { name: "Voir" }).click();
    await expect(rows).toHaveCount(2);
    const cells = rows.first().locator("td");
    await expect(cells).toHaveText(["Lyon Part-Dieu", "2 · A", "manque 2 depuis 1 min", "2", "0", "", /^[0-9a-f]{12}$/]);
    await expect(rows.first().locator(".mark")).toHaveClass(/bad/);
    await expect(rows.last()).toContainText("1 … 1, complet");
    await page.getByRole("switch", { name: "Seulement incomplètes" }).click();
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText("2 · A");
    await page.getByRole("switch", { name: "Seulement incomplètes" }).click();
    await expect(rows).toHaveCount(2);
  });

  await test.step("it arrives after all", async () => {
    await broken.post(late);
    await expect(rows.last().locator("td").nth(2)).toHaveText("1 … 3, complet");
    await expect(badge).toHaveCount(0);
    await desk.go("Direct");
    await expect(complete).toContainText("tout est arrivé, de 1 à N");
    await expect(desk.notices).not.toContainText("Des tickets manquent.");
  });
});
