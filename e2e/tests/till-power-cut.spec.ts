import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api, type Sealed } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { leaveHalfWay, leaveOnceCommitted } from "../support/crash.ts";
import { records, write } from "../support/database.ts";
import { exportWaiting } from "../support/exported.ts";
import { expectActs } from "../support/journal.ts";
import { takePictures } from "../support/pictures.ts";
import { Profile } from "../support/profile.ts";
import { test } from "../support/test.ts";
import { POST, Till } from "../support/till.ts";

/** How a signature begins that no key has made. */
const FORGED = "AAAAAAAAAAAA";

test("a receipt paid while the server is away outlives a reload, and is sent once", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const till = await Till.open(page);

  await test.step("the server goes, the sale goes on", async () => {
    await till.ringUp("Baguette tradition");
    await server.kill();
    await till.payByCard();
    await expect(till.progress).toHaveText("sur cette caisse");
    await expect(till.outbox).toContainText("1 en attente");
  });

  await test.step("the page goes too", async () => {
    await page.goto("about:blank");
    await server.startAgain();
    expect(await api.receipts(1)).toEqual([]);
  });

  await test.step("both come back", async () => {
    await page.goto("/till");
    await till.expectOpen();
    await till.expectAllSaved();
    const [receipt] = await api.receiptsOnceThere(1, 1);
    expect(receipt?.body.lines).toMatchObject([{ name: "Baguette tradition" }]);
  });

  await test.step("the next receipt follows it", async () => {
    await till.ringUp("Croissant pur beurre");
    await till.payByCard();
    await till.expectSaved();
    const receipts = await api.receipts(1);
    expect(receipts).toHaveLength(2);
    expectChain(receipts, await till.publicKey(1, 1));
  });
});

test("a receipt that the screen calls paid outlives the death of the browser", async ({ launchOptions, problems, server }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const profile = await Profile.create(launchOptions);
  try {
    const before = await Till.open(await profile.start(server.url, problems));
    await before.ringUp("Baguette tradition");
    await server.stop();
    await before.payByCard();
    await profile.kill();

    await server.startAgain();
    const after = await Till.openAgain(await profile.start(server.url, problems));
    await after.expectAllSaved();

    const receipts = await api.receiptsOnceThere(1, 1);
    expect(receipts).toHaveLength(1);
    expectChain(receipts, await after.publicKey(1, 1));
    await api.expectComplete(1, [{ letter: "A", saved: [[1, 1]] }]);
  } finally {
    await profile.dispose();
  }
});

for (const [moment, leave] of [["half-way through writing it down", leaveHalfWay], ["once it is written down", leaveOnceCommitted]] as const) {
  test(`a sale without a server whose browser dies ${moment} is one receipt when both are back`, async ({ launchOptions, problems, server }) => {
    test.slow();
    problems.allowNoServer();
    const api = new Api(server);
    const profile = await Profile.create(launchOptions);
    try {
      const page = await profile.start(server.url, problems);
      const before = await Till.open(page);
      await before.expectKept();
      await server.stop();
      await before.ringUp("Baguette tradition");
      await page.evaluate(leave);
      await page.getByRole("button", { name: /^Carte/ }).click();
      await page.getByRole("button", { name: /^Encaisser/ }).click();
      await page.waitForURL("about:blank");
      await profile.kill();

      const later = await profile.start(server.url, problems);
      const after = await Till.openAgain(later);
      if (leave === leaveHalfWay) {
        await expect(later.locator(".tenders li")).toContainText(["Carte"]);
        expect((await records(later, "outbox")).size, "nothing is issued").toBe(0);
        await later.getByRole("button", { name: /^Encaisser/ }).click();
        await after.expectPaid();
      } else {
        await expect(after.outbox).toContainText("1 en attente");
        await expect(after.lines, "nobody pays it again").toHaveCount(0);
      }

      await server.startAgain();
      // Also where the session's cookie has not reached the disk: a receipt needs none.
      await expect.poll(async () => (await records(later, "outbox")).size, { timeout: 60_000 }).toBe(0);
      const receipts = await api.receiptsOnceThere(1, 1);
      expect(receipts.map(({ body }) => body.lines.map(({ name }) => name))).toEqual([["Baguette tradition"]]);
      expectChain(receipts, await after.publicKey(1, 1));
      await api.expectComplete(1, [{ letter: "A", saved: [[1, 1]] }]);
    } finally {
      await profile.dispose();
    }
  });
}

test("a receipt that the server refuses is said to be, and is kept", async ({ page, problems, server }) => {
  problems.allowNoServer();
  problems.allow(/status of 4(01|22)/);
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await server.kill();
  await till.payByCard();
  await server.forget();
  await server.startAgain();
  await expect(till.progress).toHaveText("refusé par le serveur, gardé ici");
});

test("a refused receipt stays through reloads, is an alarm to a manager, and is in the file", async ({ page, problems, server }) => {
  test.slow();
  problems.allowNoServer();
  problems.allow(/status of 422/);
  // A line that comes up again asks for news of the catalogue, which the seller who leaves meanwhile may see no more.
  problems.allow(/status of 401 .*\/catalogue/);
  const till = await Till.open(page);
  await till.expectKept();
  await till.ringUp("Baguette tradition");
  await server.stop();
  await till.payByCard();
  await forge(page, "outbox");
  await page.reload();
  await till.expectOpen();
  await server.startAgain();
  const alarm = page.locator("#refused");

  await test.step("a seller sees that there is one, also after another reload", async () => {
    await expect(till.outbox).toHaveText("1 refusé");
    await page.reload();
    await expect(till.outbox).toHaveText("1 refusé");
    await expect(alarm).toHaveCount(0);
  });

  await test.step("a manager has an alarm that leads to the reason", async () => {
    await page.keyboard.press("Shift+F1");
    await till.signIn({ ...POST, seller: 9 });
    await expect(alarm).toHaveText("1 ticket refusé : voir");
    await takePictures(page, "till-refused");
    await alarm.click();
    await expect(page.locator(".menu .error")).toContainText("Ticket n° 1");
    await expectAccessible(page);
  });

  await test.step("the file holds it as it was written down", async () => {
    const { receipts } = await exportWaiting(page);
    const [refused] = receipts;
    expect(receipts).toHaveLength(1);
    expect(refused?.body).toMatchObject({ number: 1, lines: [{ name: "Baguette tradition" }] });
    expect(refused?.signature.startsWith(FORGED)).toBe(true);
  });

  await test.step("and what is sold next is saved", async () => {
    await page.locator("summary.who").click();
    await till.ringUp("Croissant pur beurre");
    await till.payByCard();
    await expect(till.progress).toHaveText("enregistré", { timeout: 60_000 });
    expect((await new Api(server).receipts(1)).map(({ body }) => body.number)).toEqual([2]);
  });
});

test("a server that dies while a till sells loses nothing and doubles nothing", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const till = await Till.open(page);
  for (const round of [1, 2, 3]) {
    await till.ringUp("Baguette tradition");
    // It may die before, while or after it takes the receipt.
    await Promise.all([till.payByCard(), server.kill()]);
    await server.startAgain();
    await till.expectSaved();
    await page.keyboard.press("Escape");
    await expect(till.lines, `round ${round} is over`).toHaveCount(0);
  }
  const receipts = await api.receipts(1);
  expect(receipts).toHaveLength(3);
  expectChain(receipts, await till.publicKey(1, 1));
});

test("a refused entry of the journal stays through reloads, is an alarm to a manager, and is in the file", async ({ page, problems, server }) => {
  test.slow();
  problems.allowNoServer();
  problems.allow(/status of 422/);
  const till = await Till.open(page);
  await till.expectKept();
  await expectActs(new Api(server), ["signed_in"]);
  // What is seen saved is let go of.
  await expect.poll(async () => (await records(page, "journal")).size, { timeout: 60_000 }).toBe(0);
  await server.stop();
  await page.keyboard.press("F1");
  await page.getByRole("button", { name: "Tiroir ouvert sans vente" }).click();
  await expect.poll(async () => (await records(page, "journal")).size).toBe(1);
  await forge(page, "journal");
  await server.startAgain();
  const alarm = page.locator("#refused");

  await test.step("a seller sees that there is one, also after a reload", async () => {
    await expect(till.outbox).toHaveText("1 refusé", { timeout: 60_000 });
    await page.reload();
    await expect(till.outbox).toHaveText("1 refusé", { timeout: 60_000 });
    await expect(alarm).toHaveCount(0);
  });

  await test.step("a manager has an alarm that leads to the reason", async () => {
    await page.keyboard.press("Shift+F1");
    await till.signIn({ ...POST, seller: 9 });
    await expect(alarm).toHaveText("1 entrée du journal refusée : voir");
    await alarm.click();
    await expect(page.locator(".menu .error")).toContainText("Journal n° 3");
    await expectAccessible(page);
  });

  await test.step("the file holds it as it was written down, and what came after it is saved", async () => {
    await expectActs(new Api(server), ["signed_in", "signed_out", "signed_in"]);
    await expect.poll(async () => (await records(page, "journal")).size, { timeout: 60_000 }).toBe(1);
    const { entries } = await exportWaiting(page);
    const [refused] = entries;
    expect(entries).toHaveLength(1);
    expect(refused?.body).toMatchObject({ number: 3, entry: { act: "drawer_opened" } });
    expect(refused?.signature.startsWith(FORGED)).toBe(true);
  });
});

/** Gives the first of what waits a signature that no key has made. */
async function forge(page: Page, store: "journal" | "outbox"): Promise<void> {
  const [[key, text] = ["", ""]] = await records(page, store);
  const sealed = JSON.parse(text) as Sealed;
  await write(page, store, key, JSON.stringify({ ...sealed, signature: FORGED + sealed.signature.slice(FORGED.length) }));
}
