import { expect } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { Desk } from "../support/desk.ts";
import { OwnKey } from "../support/own-key.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

test("the page of the series follows the first receipt, and says so when none is incomplete", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  const desk = await Desk.open(page);
  await desk.go("Intégrité");
  await expect(page.getByText("Aucune série", { exact: true })).toBeVisible();
  const rows = page.getByRole("region", { name: "Séries" }).locator("tbody tr");
  const register = await OwnKey.enrol(api, 1, 2);
  const head = await register.sell(bread);
  const cells = ["Lyon Part-Dieu", "2 · A", "1 … 1, complet", "1", "0", "", head.hash.slice(0, 12)];
  await expect(rows.locator("td")).toHaveText(cells);
  await page.getByRole("switch", { name: "Seulement incomplètes" }).click();
  await expect(page.getByText("Aucune série incomplète")).toBeVisible();
  await page.getByRole("switch", { name: "Seulement incomplètes" }).click();
  await expect(rows).toHaveCount(1);
});

test("a manager takes a register from a lost till, which then sells no more there", async ({ browser, page, server, problems }) => {
  problems.allow(/status of 409/);
  const lost = await Till.open(await browser.newPage({ baseURL: server.url }));
  await lost.ringUp("Baguette tradition");
  await lost.payByCard();
  await lost.nextSale(() => lost.page.keyboard.press("Escape"));
  await lost.expectAllSaved();
  const desk = await Desk.open(page);
  await desk.go("Intégrité");
  const series = page.getByRole("region", { name: "Séries" });
  await series.getByRole("button", { name: "1 · A" }).click();
  await expect(series).toContainText(/depuis/);
  await series.getByRole("button", { name: "Retirer cette caisse" }).click();
  await expect(series.getByRole("alert")).toContainText("l’apprend à sa prochaine ouverture");
  await expectAccessible(page);
  await series.getByRole("button", { name: "Retirer cette caisse" }).click();
  await expect(series).toContainText("jusqu’à il y a");
  await expect(series.getByRole("button", { name: "Retirer cette caisse" })).toBeHidden();

  await lost.page.reload();
  await expect(lost.page.getByText("Cette caisse a été reprise, ou retirée par un responsable")).toBeVisible();
  const next = await Till.open(await (await browser.newContext({ baseURL: server.url })).newPage());
  await expect(next.page.getByText("série B"), "nobody has to take over").toBeVisible();
});
