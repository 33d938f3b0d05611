import { expect } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { leaveHalfWay, leaveOnceCommitted } from "../support/crash.ts";
import { records } from "../support/database.ts";
import { euros } from "../support/figures.ts";
import { Profile } from "../support/profile.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

test("what is rung up and what is on hold outlives a reload and the death of the browser", async ({ launchOptions, problems, server }) => {
  problems.allowNoServer();
  const profile = await Profile.create(launchOptions);
  try {
    const page = await profile.start(server.url, problems);
    const till = await Till.open(page);
    await till.ringUp("Baguette tradition");
    await page.keyboard.press("F6");
    await expect(till.lines).toHaveCount(0);
    await expect(till.held).toHaveCount(1);
    await till.ringUp("Croissant pur beurre");
    await page.reload();
    await till.expectOpen();
    await expect(till.line("Croissant pur beurre")).toBeVisible();
    await expect(till.held).toHaveCount(1);

    await profile.kill();
    const again = await Till.openAgain(await profile.start(server.url, problems));
    await expect(again.line("Croissant pur beurre")).toBeVisible();
    await expect(again.held).toContainText("1,20 €");
  } finally {
    await profile.dispose();
  }
});

test("a sale on hold comes back, by pointer and by key, and each is sold once", async ({ page, server }) => {
  const api = new Api(server);
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await page.getByRole("button", { name: /^Attente/ }).click();
  await till.ringUp("Croissant pur beurre");
  await expect(till.held).toHaveCount(1);
  await expectAccessible(page);
  await till.held.click();
  await expect(till.line("Baguette tradition")).toBeVisible();
  await expect(till.lines).toHaveCount(1);
  await till.payByCard();
  await till.expectSaved();
  await till.nextSale(() => page.keyboard.press("Escape"));
  await page.keyboard.press("F7");
  await expect(till.line("Croissant pur beurre")).toBeVisible();
  await expect(till.held).toHaveCount(0);
  await till.payByCard();
  await till.expectSaved();
  const receipts = await api.receipts(1);
  expect(receipts.map(({ body }) => body.lines.map(({ name }) => name))).toEqual([["Baguette tradition"], ["Croissant pur beurre"]]);
});

test("a sale that was paid does not come back when the page dies before it shows so", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await page.evaluate(leaveOnceCommitted);
  await page.getByRole("button", { name: /^Carte/ }).click();
  await page.getByRole("button", { name: /^Encaisser/ }).click();
  await page.waitForURL("about:blank");
  await page.goto("/till");
  await till.expectOpen();
  await expect(till.lines).toHaveCount(0);
  await till.expectAllSaved();
  expect(await api.receiptsOnceThere(1, 1)).toHaveLength(1);
});

test("a sale whose page dies half-way through writing it down is there again with what was taken, and no number is lost", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await page.evaluate(leaveHalfWay);
  await page.getByRole("button", { name: /^Carte/ }).click();
  await page.getByRole("button", { name: /^Encaisser/ }).click();
  await page.waitForURL("about:blank");
  await page.goto("/till");
  await till.expectOpen();
  await expect(page.locator(".tenders li")).toContainText(["Carte"]);
  await expect(page.locator(".payment .due strong")).toHaveText(euros(0));
  expect(await records(page, "outbox")).toEqual(new Map());
  await page.getByRole("button", { name: /^Encaisser/ }).click();
  await till.expectPaid();
  await till.expectSaved();
  const receipts = await api.receipts(1);
  expect(receipts).toHaveLength(1);
  expectChain(receipts, await till.publicKey(1, 1));
});

test("a sale whose page dies before it is paid is there again, unpaid", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await page.getByRole("button", { name: /^Carte/ }).click();
  await page.reload();
  await till.expectOpen();
  await expect(till.line("Baguette tradition")).toBeVisible();
  await till.payByCard();
  await till.expectSaved();
  expect(await api.receipts(1)).toHaveLength(1);
});
