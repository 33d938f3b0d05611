import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { letPass } from "../support/clock.ts";
import { records } from "../support/database.ts";
import { expectActs } from "../support/journal.ts";
import { press, type } from "../support/keyboard.ts";
import { test } from "../support/test.ts";
import { POST, Till } from "../support/till.ts";

const MINUTE = 60_000;

/** Longer than it takes until the till has looked whether it was touched. */
const LOOK = 6_000;

test("a till that is left alone locks itself, and what is on the counter stays", async ({ page }) => {
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await page.waitForTimeout(LOOK);
  await letPass(page, 8 * MINUTE);
  await page.keyboard.press("ArrowDown");
  await page.waitForTimeout(LOOK);
  await letPass(page, 8 * MINUTE);
  await page.waitForTimeout(LOOK);
  await expect(till.total, "somebody touched it eight minutes ago").toBeVisible();
  await letPass(page, 3 * MINUTE);
  await expect(page.locator("#pin")).toBeVisible();
  await till.signIn({ ...POST, seller: 2 });
  await expect(till.lines).toHaveCount(1);
  await expect(page.locator(".bar")).toContainText("Karim B.");
});

test("a till that the bot sells on does not lock itself", async ({ page }) => {
  const till = await Till.open(page);
  await page.getByRole("switch", { name: "Auto" }).click();
  await page.waitForTimeout(LOOK);
  await letPass(page, 11 * MINUTE);
  await page.waitForTimeout(LOOK);
  await expect(till.search).toBeVisible();
});

test("one seller follows another by a few keys, and the basket, the page and its line to the server stay", async ({ page, server }) => {
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await press(page, "Shift+F1");
  await expect(page.locator("#number")).toBeFocused();
  await expect(till.search, "nobody sells meanwhile").toHaveCount(0);
  await type(page, "2");
  await press(page, "Enter");
  await type(page, "2222");
  await press(page, "Enter");
  await expect(till.lines).toHaveCount(1);
  await expect(page.locator(".bar")).toContainText("Karim B.");
  expect(await page.evaluate(() => "isSamePage" in window), "nothing was loaded anew").toBe(true);
  await till.payByCard();
  await till.expectSaved();
  const api = new Api(server);
  expect((await api.receipts(1)).map(({ body }) => body.seller)).toEqual([2]);
  const entries = await expectActs(api, ["signed_in", "signed_out", "signed_in"]);
  expect(entries.map(({ by }) => by)).toEqual([1, 1, 2]);
});

test("a till that is left alone without a server locks itself all the same, and sends what waits once there is one", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const till = await Till.open(page);
  await till.expectKept();
  await server.kill();
  await till.ringUp("Baguette tradition");
  await till.payByCard();
  await till.nextSale(() => press(page, "Escape"));
  await page.waitForTimeout(LOOK);
  await letPass(page, 11 * MINUTE);
  await expect(page.locator("#pin")).toBeVisible({ timeout: 30_000 });
  await server.startAgain();
  const api = new Api(server);
  await api.receiptsOnceThere(1, 1);
  await expectActs(api, ["signed_in", "signed_out"]);
  await expect(page.locator("#pin"), "nobody had to sign in for it").toBeVisible();
  await till.signIn(POST);
  await till.expectAllSaved();
});

test("whoever goes on at another register without a server is signed in with it once it is back", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const till = await Till.open(page);
  await till.expectKept();
  await till.signOut();
  await till.signIn({ ...POST, register: 2, seller: 2 });
  await till.expectOpen();
  await press(page, "Shift+F1");
  await expect(page.locator("#number")).toBeFocused();
  // The journals of two registers arrive in no order: that of the one that is left is there first.
  await expect.poll(async () => (await records(page, "journal")).size, { timeout: 60_000 }).toBe(0);
  await server.stop();
  const register = page.getByRole("article").filter({ hasText: POST.store }).getByRole("button", { name: "caisse 1" });
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await register.click();
  await expect.poll(() => page.evaluate(() => "isSamePage" in window), "the page begins anew, and gives register 2 free").toBe(false);
  await expect(register).toHaveAttribute("aria-pressed", "true");
  await type(page, "1");
  await press(page, "Enter");
  await type(page, "1111");
  await press(page, "Enter");
  await till.expectOpen();
  await expect(page.locator(".bar .where")).toContainText("caisse 1");
  await server.startAgain();
  await till.expectAllSaved();
  await expectActs(new Api(server), ["signed_in", "signed_out", "key_created", "signed_in", "signed_out", "signed_in"]);
});
