import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Desk } from "../support/desk.ts";
import { OwnKey } from "../support/own-key.ts";
import { test } from "../support/test.ts";

test("the page of the series follows the first receipt, and says so when none is incomplete", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  const desk = await Desk.open(page);
  await desk.go("Intégrité");
  await expect(page.getByText("Aucune série", { exact: true })).toBeVisible();
  const rows = page.getByRole("region", { name: "Séries" }).locator("tbody tr");
  const register = await OwnKey.enrol(api, 1, 2);
  const head = await register.sell(bread);
  const cells = ["Lyon Part-Dieu", "2 · A", "1 … 1, complet", "1", "0", head.hash.slice(0, 12)];
  await expect(rows.locator("td")).toHaveText(cells);
  await page.getByRole("switch", { name: "Seulement incomplètes" }).click();
  await expect(page.getByText("Aucune série incomplète")).toBeVisible();
  await page.getByRole("switch", { name: "Seulement incomplètes" }).click();
  await expect(rows).toHaveCount(1);
});
