import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import type { Server } from "../support/server.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

test.use({ demo: false });

test("the code in the log makes the first store, register and manager, and a sale can begin", async ({ page, server }) => {
  await page.goto(await link(server));
  await expect(page.getByRole("textbox", { name: "Code de mise en route" })).toHaveValue(/^[A-Z2-7-]{17}$/);
  await fillIn(page);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Mettre en route" }).click();
  await expect(page.getByRole("status")).toContainText("Magasin 1, Nantes Centre, avec la caisse 1. Ana s’y connecte avec le numéro 1.");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Ouvrir le bureau" }).click();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Stocks" }), "she is signed in").toBeVisible();

  const bread = { sku: "PAIN", name: "Pain de campagne", category: "Boulangerie", price: 320, tax: 550 };
  const added = await page.request.put("/api/v1/products/PAIN", { data: bread });
  expect(added.status(), await added.text()).toBe(200);
  await page.goto("/till");
  const till = new Till(page);
  if (!(await till.search.isVisible())) await till.signIn({ store: "Nantes Centre", register: 1, seller: 1 }, "4821");
  await till.expectOpen();
  await till.ringUp("Pain de campagne");
  await till.payByCard();
  await expect(till.progress).toHaveText("enregistré");

  await expect(till.receipt, "a real store says so nowhere").not.toContainText("SIMULATION");
  await page.locator("summary.who").click();
  const opened = page.waitForEvent("popup");
  await page.getByRole("link", { name: "Affichage client" }).click();
  const display = await opened;
  await expect(display.locator(".bar")).toContainText("Nantes Centre");
  for (const screen of [page, display]) {
    await expect(screen.locator(".bar")).toBeVisible();
    await expect(screen.getByText("SIMULATION")).toHaveCount(0);
  }

  await page.goto(await link(server));
  await expect(page.getByText("Tout est en place"), "the code is good once").toBeVisible();
});

test("what is missing is named, and another code makes nothing", async ({ page, server, problems }) => {
  problems.allow(/status of 403/);
  await page.goto("/setup");
  await fillIn(page);
  await page.getByLabel("Code, encore une fois").fill("4822");
  await page.getByRole("button", { name: "Mettre en route" }).click();
  await expect(page.getByRole("alert")).toContainText("Les deux codes diffèrent");
  await expect(page.getByLabel("Code, encore une fois")).toBeFocused();
  await page.getByLabel("Code, encore une fois").fill("4821");
  await page.getByLabel("Code de mise en route").fill("AAAAA-AAAAA-AAAAA");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("Ce n’est pas le code de mise en route");
  const state = await page.request.get(`${server.url}/api/v1/setup`);
  expect(await state.json()).toEqual({ needed: true });
});

/** The address that the server prints once it is open. */
async function link(server: Server): Promise<string> {
  const printed = () => /set-up\s+(http\S+)/.exec(server.log)?.[1];
  await expect.poll(printed).toBeDefined();
  return printed() ?? "";
}

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel("Nom", { exact: true }).fill("Nantes Centre");
  await page.getByLabel("Ville").fill("Nantes");
  await page.getByLabel("Fuseau horaire").fill("Europe/Paris");
  await page.getByLabel("Nom sur les tickets").fill("Ana");
  await page.getByLabel("Code (4 à 12 chiffres)").fill("4821");
  await page.getByLabel("Code, encore une fois").fill("4821");
}
