import { expect, type Page } from "@playwright/test";
import { rm } from "node:fs/promises";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { copyOfSite, release } from "../support/next-version.ts";
import { test as base } from "../support/test.ts";
import { POST, Till } from "../support/till.ts";

/** Longer than an idle till waits until it takes a later version, in milliseconds. */
const IDLE_MS = 15_000;

const test = base.extend<{ site: string }>({
  site: async ({}, use) => {
    const site = await copyOfSite();
    await use(site);
    await rm(site, { recursive: true });
  },
});

/** Whether a further version is whole, and waits beside the one that runs. */
const waits = (page: Page) => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));

test("a later version of the till is fetched beside the sale, and taken once that is over", async ({ page, server, site }) => {
  const html = page.locator("html");
  const till = await Till.open(page);
  await till.expectKept();
  await till.ringUp("Baguette tradition");

  await release(site, "next");
  await page.reload();
  await expect(till.lines).toHaveCount(1);
  await expect.poll(() => waits(page), { message: "the next version is there, and waits", timeout: 60_000 }).toBe(true);
  await page.locator("summary.who").click();
  await expect(page.locator(".safekeeping")).toContainText("Une version plus récente de la caisse attend");
  await page.locator("summary.who").click();

  await test.step("not in the middle of a sale, however long nobody touches the till", async () => {
    await page.waitForTimeout(IDLE_MS);
    expect(await waits(page)).toBe(true);
    await page.reload();
    await expect(till.lines, "a reload goes on with the version that began it").toHaveCount(1);
    expect(await html.getAttribute("data-version")).toBeNull();
  });

  await test.step("nor while a receipt is shown", async () => {
    await till.payByCard();
    await till.expectSaved();
    await page.waitForTimeout(IDLE_MS);
    await expect(till.receipt).toBeVisible();
    expect(await html.getAttribute("data-version")).toBeNull();
  });

  await test.step("but then by itself", async () => {
    await till.nextSale(() => page.keyboard.press("Escape"));
    await expect(html).toHaveAttribute("data-version", "next", { timeout: 60_000 });
    await till.expectOpen();
    await till.ringUp("Croissant pur beurre");
    await till.payByCard();
    await till.expectSaved();
    expectChain(await new Api(server).receiptsOnceThere(1, 2), await till.publicKey(1, 1));
  });
});

test("a till in the middle of a sale goes on with its own files where another page has taken the next version", async ({ page, site }) => {
  const html = page.locator("html");
  const till = await Till.open(page);
  await till.expectKept();
  await till.ringUp("Baguette tradition");
  const [own] = await page.evaluate(() => caches.keys());
  await release(site, "next");
  await page.reload();
  await expect(till.lines).toHaveCount(1);
  await expect.poll(() => waits(page), { timeout: 60_000 }).toBe(true);
  // A further version takes the place of the one that only waits: the files that are in use stay all the same.
  await release(site, "further");
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await expect.poll(() => page.evaluate(() => caches.keys()), { timeout: 60_000 }).toContain("till-further");
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.installing === null), { timeout: 60_000 }).toBe(true);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting?.postMessage("take over"));
  await expect.poll(() => waits(page), { timeout: 60_000 }).toBe(false);
  await expect.poll(() => page.evaluate(() => caches.keys()), { message: "the files of both, and no others" }).toEqual([own, "till-further"]);

  await test.step("a part that comes only now is of its own version", async () => {
    await page.locator("summary.who").click();
    await page.getByRole("button", { name: "Changer de vendeur" }).click();
    await till.signIn(POST);
    await expect(till.lines).toHaveCount(1);
    expect(await html.getAttribute("data-version")).toBeNull();
  });

  await till.payByCard();
  await till.expectSaved();
  await till.nextSale(() => page.keyboard.press("Escape"));
  await expect(html).toHaveAttribute("data-version", "further", { timeout: 60_000 });
  await till.expectOpen();
});

test("a sign-in page at which nobody is takes a later version, and one at which somebody types does not", async ({ page, site }) => {
  const html = page.locator("html");
  const till = await Till.open(page);
  await till.expectKept();
  await till.signOut();
  await page.locator("#number").fill("1");
  await release(site, "next");
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await expect.poll(() => waits(page), { timeout: 60_000 }).toBe(true);
  await page.waitForTimeout(IDLE_MS);
  expect(await html.getAttribute("data-version")).toBeNull();
  await page.locator("#number").fill("");
  await expect(html).toHaveAttribute("data-version", "next", { timeout: 60_000 });
  await till.signIn(POST);
  await till.expectOpen();
});
