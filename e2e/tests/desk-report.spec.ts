import { expect } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { Desk } from "../support/desk.ts";
import { expectNoSidewaysScroll } from "../support/layout.ts";
import { OwnKey } from "../support/own-key.ts";
import { takePictures } from "../support/pictures.ts";
import { test } from "../support/test.ts";

test("the X report shows a register's day so far by rate and tender, and is printed", async ({ page, server }) => {
  const api = new Api(server);
  const desk = await Desk.open(page);
  await page.getByRole("link", { name: "Rapport X" }).first().click();
  await expect(page.getByText("Rien n’est encore vendu aujourd’hui")).toBeVisible();

  const bread = await api.product("Baguette tradition");
  const register = await OwnKey.enrol(api, 1, 2);
  for (let sold = 0; sold < 3; sold++) await register.sell(bread);
  await api.expectComplete(1, [{ letter: "A", saved: [[1, 3]] }]);
  await page.getByRole("button", { name: "Actualiser" }).click();
  const slip = page.getByRole("article");
  await expect(slip).toHaveCount(1);
  await expect(slip).toContainText("SIMULATION");
  await expect(slip).toContainText(new RegExp(`Caisse n°\\s*2\\s*Tickets\\s*3`));
  await expect(slip.locator(".grand")).toContainText(`${((3 * bread.price) / 100).toFixed(2).replace(".", ",")}`);
  await expect(slip.getByRole("row")).toHaveCount(2);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await takePictures(page, "desk-report");
  await page.emulateMedia({ media: "print" });
  await expect(slip).toBeVisible();
  await expect(page.getByRole("button", { name: "Imprimer" })).toBeHidden();
  await page.emulateMedia({ media: null });
  await page.getByRole("link", { name: "Retour au direct" }).click();
  await desk.expectLive();
});
