import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { records } from "../support/database.ts";
import { takePictures } from "../support/pictures.ts";
import { expectAccessible } from "../support/accessibility.ts";
import { test } from "../support/test.ts";
import { POST, Till } from "../support/till.ts";

test("a second tab on a register says that the first has it", async ({ context, page }) => {
  const first = await Till.open(page);
  const tab = await context.newPage();
  await tab.goto("/till");
  await expect(tab.getByRole("heading", { name: "Cette caisse est déjà ouverte" })).toBeVisible();
  await expectAccessible(tab);
  await takePictures(tab, "till-second-tab");

  await test.step("the first sells on", async () => {
    await first.ringUp("Baguette tradition");
    await first.payByCard();
    await first.expectSaved();
  });

  await test.step("once it is closed, the second takes over", async () => {
    await page.close();
    await tab.getByRole("button", { name: "Réessayer" }).click();
    await new Till(tab).expectOpen();
  });
});

test("two tabs of one browser sell at two registers, each in its own series", async ({ context, page, problems, server }) => {
  // Signing in anew ends the session that the first tab had, until it goes on with the other.
  problems.allow(/\b401\b/);
  const api = new Api(server);
  const first = await Till.open(page);
  await first.ringUp("Baguette tradition");
  const tab = await context.newPage();
  const second = new Till(tab);
  await tab.goto("/till");
  await tab.getByRole("button", { name: "Choisir une autre caisse" }).click();
  await second.signIn({ ...POST, register: 2, seller: 2 });
  await second.expectOpen();
  await expect(second.lines, "each has a counter of its own").toHaveCount(0);
  await second.ringUp("Croissant pur beurre");
  await first.payByCard();
  await second.payByCard();
  const receipts = await api.receiptsOnceThere(1, 2);
  for (const [register, till, name] of [[1, first, "Baguette tradition"], [2, second, "Croissant pur beurre"]] as const) {
    const own = receipts.filter(({ body }) => body.register === register);
    expect(own.map(({ body }) => body.lines.map((line) => line.name))).toEqual([[name]]);
    expectChain(own, await till.publicKey(1, register));
  }
});

test("a second browser is told who holds the register, and may open a further series", async ({ browser, page, problems, server }) => {
  // The browser logs the answer "held" (409) as an error.
  problems.allow(/409 \(Conflict\)/);
  const api = new Api(server);
  const first = await Till.open(page);
  await first.ringUp("Baguette tradition");
  await first.payByCard();
  await first.expectSaved();
  await first.nextSale(() => page.keyboard.press("Escape"));
  await first.ringUp("Baguette tradition");

  const context = await browser.newContext();
  problems.watch(context);
  const other = await context.newPage();
  const second = new Till(other);
  await test.step("it is told", async () => {
    await other.goto("/till");
    await second.signIn({ ...POST, seller: 2 });
    await expect(other.getByRole("heading", { name: "Un autre appareil tient cette caisse" })).toBeVisible();
    await expect(other.getByText("Chrome · Linux")).toBeVisible();
    await expectAccessible(other);
    await takePictures(other, "till-held");
    expect((await records(other, "kept")).has("verifier/1/2"), "it does not learn a PIN for it").toBe(false);
  });

  await test.step("it opens series B", async () => {
    await other.getByRole("button", { name: "Ouvrir une nouvelle série ici" }).click();
    await second.expectOpen();
    await expect(other.locator(".bar .where")).toContainText("série B");
    await second.ringUp("Croissant pur beurre");
    await second.payByCard();
    await second.expectSaved();
  });

  await test.step("its first receipt follows the last of series A", async () => {
    const receipts = await api.receiptsOnceThere(1, 2);
    const [a, b] = ["A", "B"].map((letter) => receipts.filter(({ body }) => body.series === letter));
    expectChain(a ?? [], await first.publicKey(1, 1));
    expectChain(b ?? [], await second.publicKey(1, 1), a?.[0]?.hash);
    expect([a?.length, b?.length]).toEqual([1, 1]);
  });

  await test.step("the first till is told, finishes the sale that was under way, and sells no more", async () => {
    await expect(first.outbox).toHaveText("Caisse reprise, ou retirée par un responsable");
    await first.payByCard();
    await expect(first.progress).toHaveText("enregistré", { timeout: 60_000 });
    expect(await api.receipts(1)).toHaveLength(3);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("heading", { name: "Cette caisse a été reprise, ou retirée par un responsable" })).toBeVisible();
    await expectAccessible(page);
    await takePictures(page, "till-replaced");
  });
  await context.close();
});

test("an open till whose register a manager takes away is told, sends what it has, and sells no more", async ({ page, problems, server }) => {
  // The browser logs the answer "replaced" (409) as an error.
  problems.allow(/409 \(Conflict\)/);
  const api = new Api(server);
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await api.revoke(1, 1, "A");
  await expect(till.outbox, "in the middle of a sale").toHaveText("Caisse reprise, ou retirée par un responsable", { timeout: 60_000 });
  await till.payByCard();
  await expect(till.progress).toHaveText("enregistré", { timeout: 60_000 });
  expect(await api.receipts(1)).toHaveLength(1);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: "Cette caisse a été reprise, ou retirée par un responsable" })).toBeVisible();
});
