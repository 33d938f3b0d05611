import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { records } from "../support/database.ts";
import { expectActs, journal } from "../support/journal.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

/** Longer than it takes until a sign-in page has looked whether there is anything to send. */
const LOOK = 8_000;

/** What the sign-in page says of what waits. */
const told = (page: Page) => page.locator(".on-the-way");

/** Waits until nothing that waits is on the browser's disk. */
async function expectNothingLeft(page: Page, store: "outbox" | "journal"): Promise<void> {
  await expect.poll(async () => (await records(page, store)).size, { timeout: 60_000 }).toBe(0);
}

test("what waits at signing out without a server is sent once there is one, and nobody has to sign in for it", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const till = await Till.open(page);
  await till.expectKept();
  await expectNothingLeft(page, "journal");
  const key = await till.publicKey(1, 1);
  await server.kill();
  await till.ringUp("Baguette tradition");
  await till.payByCard();
  await till.nextSale(() => page.keyboard.press("Escape"));
  await till.signOut();
  await expect(told(page)).toContainText("2 tickets et entrées du journal attendent d’être enregistrés", { timeout: 30_000 });
  await expectAccessible(page);

  await server.startAgain();
  expectChain(await api.receiptsOnceThere(1, 1), key);
  await expectActs(api, ["signed_in", "signed_out"]);
  expectChain(await journal(api), key);
  await expectNothingLeft(page, "outbox");
  await expectNothingLeft(page, "journal");
  await expect(told(page)).toHaveText("", { timeout: 60_000 });
  await expect(page.locator("#pin"), "nobody has signed in").toBeVisible();
});

test("a sign-in page leaves it to a till that is open in another tab, and takes it up once that is closed", async ({ context, page, problems, server }) => {
  problems.allow(/ERR_FAILED/);
  const till = await Till.open(page);
  await page.route("**/api/v1/receipts", (route) => route.abort());
  await till.ringUp("Baguette tradition");
  await till.payByCard();
  // Whoever is signed in is so in every tab.
  await context.clearCookies();
  const other = await context.newPage();
  const sent: string[] = [];
  other.on("request", (request) => {
    if (request.method() === "POST") sent.push(request.url());
  });
  await other.goto("/till");
  await expect(other.locator("#pin")).toBeVisible();
  await other.waitForTimeout(LOOK);
  expect(sent, "the till sends for all of this browser").toEqual([]);

  await page.close();
  await new Api(server).receiptsOnceThere(1, 1);
  await expectNothingLeft(other, "outbox");
});
