import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { euros } from "../support/figures.ts";
import { press } from "../support/keyboard.ts";
import { takePictures } from "../support/pictures.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

/** Opens the customer's display from the till's menu. */
async function openDisplay(till: Till): Promise<Page> {
  await till.page.locator("summary.who").click();
  const opened = till.page.waitForEvent("popup");
  await till.page.getByRole("link", { name: "Affichage client" }).click();
  await till.page.bringToFront();
  await till.page.locator("summary.who").click();
  return opened;
}

test("the customer sees what is rung up, what is left to pay, and the change", async ({ page, server }) => {
  const api = new Api(server);
  const [bread, croissant] = [await api.product("Baguette tradition"), await api.product("Croissant pur beurre")];
  const till = await Till.open(page);
  const display = await openDisplay(till);
  const total = display.locator(".grand dd");
  const full = bread.price + croissant.price;
  await expect(display).toHaveTitle(/^Affichage client/);
  await expect(display.getByRole("heading", { name: "Bonjour" })).toBeVisible();
  await expect(display.locator(".bar")).toContainText("Lyon Part-Dieu");
  for (const screen of [page, display]) await expect(screen.locator(".bar .sim"), "a store for training").toHaveText("SIMULATION");

  await test.step("each product, and what is taken off", async () => {
    await till.ringUp(bread.name);
    await till.ringUp(croissant.name);
    await expect(display.locator(".lines li")).toHaveCount(2);
    await expect(total).toHaveText(euros(full));
    await press(page, "F4");
    await page.locator("#discount").fill("50");
    await press(page, "Enter");
    await expect(display.locator(".lines .off")).toContainText("Remise 50 %");
    await takePictures(display, "display-selling");
    await expectAccessible(display, page);
  });

  await test.step("what is left while it is being paid, and what comes back", async () => {
    await press(page, "F8");
    await till.given.fill("1");
    await press(page, "Enter");
    await expect(display.locator(".due")).toContainText("Reste à payer");
    await till.given.fill("50");
    await press(page, "Enter");
    await till.expectPaid();
    await expect(display.getByRole("heading", { name: "Merci de votre visite" })).toBeVisible();
    await expect(display.locator(".due")).toContainText("Monnaie rendue");
    await takePictures(display, "display-paid");
    await expectAccessible(display, page);
  });

  await test.step("the next customer sees nothing of it, in the till's language", async () => {
    await till.nextSale(() => press(page, "Enter"));
    await expect(display.getByRole("heading", { name: "Bonjour" })).toBeVisible();
    await page.locator("summary.who").click();
    await page.getByRole("button", { name: "English" }).click();
    await expect(display.getByRole("heading", { name: "Welcome" })).toBeVisible();
    await expectAccessible(display, page);
    await page.getByRole("button", { name: "Français" }).click();
    await page.locator("summary.who").click();
  });

  await test.step("a till that is loaded anew goes on telling it", async () => {
    await till.ringUp(bread.name);
    await page.reload();
    await till.expectOpen();
    await expect(display.locator(".lines li")).toHaveCount(1);
    await page.close();
    await expect(display.getByRole("heading", { name: "Caisse fermée" })).toBeVisible();
  });
});

test("the last receipt is printed again beside the next sale, whose customer sees nothing of it", async ({ page, server }) => {
  await page.addInitScript(() => Object.assign(window, { printed: 0, print: () => window.printed++ }));
  const croissant = await new Api(server).product("Croissant pur beurre");
  const till = await Till.open(page);
  const display = await openDisplay(till);
  const change = page.locator(".paid .change");
  await till.ringUp("Baguette tradition");
  await press(page, "F8");
  await till.given.fill("50");
  await press(page, "Enter");
  await till.expectPaid();
  await expect(change).toBeVisible();
  await till.nextSale(() => press(page, "Escape"));
  await till.ringUp(croissant.name);

  await press(page, "F1");
  await page.getByRole("button", { name: "Réimprimer le dernier ticket" }).click();
  await expect(till.receipt).toBeVisible();
  await expect.poll(() => page.evaluate(() => window.printed)).toBe(1);
  await expect(change, "it was given back then").toHaveCount(0);
  await expect(page.locator("#next-sale")).toContainText("Revenir à la vente");
  await expect(display.locator(".grand dd")).toHaveText(euros(croissant.price));
  await expect(display.locator(".lines li")).toHaveCount(1);
  await expect(display.getByRole("heading", { name: "Merci de votre visite" })).toHaveCount(0);

  await till.nextSale(() => press(page, "Escape"));
  await expect(till.line(croissant.name)).toBeVisible();
  await till.payByCard();
  await expect(display.getByRole("heading", { name: "Merci de votre visite" }), "once they have paid").toBeVisible();
});

test("the display works without a server, and says where it is opened from", async ({ page, server, problems }) => {
  problems.allowNoServer();
  const till = await Till.open(page);
  await till.expectKept();
  await server.kill();
  const display = await openDisplay(till);
  await expect(display.getByRole("heading", { name: "Bonjour" })).toBeVisible();
  await till.ringUp("Baguette tradition");
  await expect(display.locator(".lines li")).toHaveCount(1);
  await display.goto("/display");
  await expect(display.getByText("Ouvrez cet affichage depuis le menu de la caisse.")).toBeVisible();
});
