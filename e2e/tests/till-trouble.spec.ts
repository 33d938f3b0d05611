import { expect } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { putForward } from "../support/clock.ts";
import { forget, records, write } from "../support/database.ts";
import { expectActs } from "../support/journal.ts";
import { test } from "../support/test.ts";
import { POST, Till } from "../support/till.ts";

const DAY = 24 * 60 * 60 * 1000;

for (const call of ["add", "put"] as const) {
  test(`a browser that has no room left for what it would ${call} sells nothing, says so, and keeps the sale`, async ({ page, server }) => {
    const api = new Api(server);
    const till = await Till.open(page);
    await till.ringUp("Baguette tradition");
    await page.evaluate(fillDisk, call);
    await page.getByRole("button", { name: /^Carte/ }).click();
    await page.getByRole("button", { name: /^Encaisser/ }).click();
    await expect(till.slot).toContainText("n’a pas pu être écrit ; rien n’a été émis");
    await page.evaluate(() => Object.assign(window, { diskIsFull: false }));
    await page.getByRole("button", { name: /^Encaisser/ }).click();
    await till.expectPaid();
    await till.expectSaved();
    expect(await api.receipts(1)).toHaveLength(1);
  });
}

test("a browser that keeps nothing is told so, with the reason", async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("storage is off", "SecurityError");
    };
  });
  await page.goto("/till");
  await expect(page.getByRole("heading", { name: "La caisse ne peut pas s’ouvrir" })).toBeVisible();
  await expect(page.getByText("storage is off")).toBeVisible();
  await expect(page.getByRole("button", { name: "Réessayer" })).toBeVisible();
  await expectAccessible(page);
});

test("a browser that finds no room only after all was handed to it issues nothing, and keeps the sale", async ({ page, server }) => {
  const api = new Api(server);
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await page.evaluate(abortForWantOfRoom);
  await page.getByRole("button", { name: /^Carte/ }).click();
  await page.getByRole("button", { name: /^Encaisser/ }).click();
  await expect(till.slot).toContainText("n’a pas pu être écrit ; rien n’a été émis");
  expect(await records(page, "outbox")).toEqual(new Map());
  expect(JSON.parse((await records(page, "series")).get("1/1") ?? "").head.number).toBe(0);
  await page.evaluate(() => Object.assign(window, { diskIsFull: false }));
  await page.getByRole("button", { name: /^Encaisser/ }).click();
  await till.expectPaid();
  await till.expectSaved();
  expect((await api.receipts(1)).map(({ body }) => body.number)).toEqual([1]);
});

test("the browser is asked to have a sale on disk before it is called paid", async ({ page }) => {
  await page.addInitScript(noteTransactions);
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await till.payByCard();
  const begun = await page.evaluate(() => ("begun" in window ? (window.begun as Begun[]) : []));
  const sales = begun.filter(({ stores, mode }) => mode === "readwrite" && stores.includes("outbox") && stores.includes("series"));
  expect(sales.map(({ durability }) => durability)).toEqual(["strict"]);
});

test("an entry of the journal that was damaged on the disk stays there, is shown, and holds up no other", async ({ page, server }) => {
  const api = new Api(server);
  const till = await Till.open(page);
  await expectActs(api, ["signed_in"]);
  await write(page, "journal", "00001/001/00A/0000000000000000", '{"body":');
  await page.locator("summary.who").click();
  await page.getByRole("button", { name: "Changer de vendeur" }).click();
  await till.signIn(POST);
  await till.expectOpen();
  await expectActs(api, ["signed_in", "signed_out", "signed_in"]);
  await expect(till.outbox).toContainText("refusé");
  await page.locator("summary.who").click();
  await expect(page.getByText("Une entrée du journal est abîmée")).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator("#export").click()]);
  expect(await readFile(await file.path(), "utf8")).toContain('{"body":\n');
});

test("a journal whose end was damaged on the disk is not numbered anew, holds up no sale, and another series has its own", async ({ page, problems, server }) => {
  problems.allow(/409 \(Conflict\)/);
  const api = new Api(server);
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await till.payByCard();
  await till.expectSaved();
  await expectActs(api, ["signed_in"]);
  await write(page, "books", "1/1", '{"series":');
  await till.ringUp("Croissant pur beurre");
  await page.keyboard.press("F1");
  await page.getByRole("button", { name: "Tiroir ouvert sans vente" }).click();
  await expect(page.getByText("la fin du journal est illisible sur ce disque")).toBeVisible();
  await page.keyboard.press("Escape");
  await till.payByCard();
  await till.expectSaved();
  await expectActs(api, ["signed_in"]);

  await forget(page, "keys");
  await page.reload();
  await page.getByRole("button", { name: "Ouvrir une nouvelle série ici" }).click();
  await till.expectOpen();
  await page.keyboard.press("F1");
  await page.getByRole("button", { name: "Tiroir ouvert sans vente" }).click();
  await expect(page.getByText("Ouverture du tiroir notée au journal.")).toBeVisible();
});

test("a series that somebody else has written on issues nothing until the till has read it again", async ({ page, server }) => {
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  const record = JSON.parse((await records(page, "series")).get("1/1") ?? "");
  const head = { number: 5, hash: "ab".repeat(32) };
  expect(record.head.number).toBe(0);
  await write(page, "series", "1/1", JSON.stringify({ ...record, head }));
  await page.getByRole("button", { name: /^Carte/ }).click();
  await page.getByRole("button", { name: /^Encaisser/ }).click();
  await expect(till.slot).toContainText("rien n’a été émis. Encaissez à nouveau");
  expect(await records(page, "outbox")).toEqual(new Map());
  expect(JSON.parse((await records(page, "series")).get("1/1") ?? "")).toMatchObject({ head });

  await page.getByRole("button", { name: /^Encaisser/ }).click();
  await till.expectPaid();
  await till.expectSaved();
  const receipts = await new Api(server).receipts(1);
  expect(receipts.map(({ body }) => [body.number, body.prev])).toEqual([[6, head.hash]]);
});

test("a till whose key is lost opens a new series, and what the old key signed arrives all the same", async ({ page, problems, server }) => {
  problems.allowNoServer();
  problems.allow(/409 \(Conflict\)/);
  const api = new Api(server);
  const till = await Till.open(page);
  const lost = await till.publicKey(1, 1);
  await till.ringUp("Baguette tradition");
  await server.stop();
  await till.payByCard();
  await forget(page, "keys");
  await server.startAgain();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Un autre appareil tient cette caisse" })).toBeVisible();
  await page.getByRole("button", { name: "Ouvrir une nouvelle série ici" }).click();
  await till.expectOpen();
  await till.ringUp("Croissant pur beurre");
  await till.payByCard();
  await till.expectSaved();
  await api.expectComplete(1, [
    { letter: "A", saved: [[1, 1]] },
    { letter: "B", saved: [[1, 1]] },
  ]);
  const receipts = await api.receipts(1);
  expectChain(receipts.filter(({ body }) => body.series === "A"), lost);
});

test("a clock that is wrong by a day is said, and sells on", async ({ page, server }) => {
  const api = new Api(server);
  const till = await Till.open(page);
  await putForward(page, DAY);
  await expect(page.locator("#clock")).toContainText("avance", { timeout: 60_000 });
  await till.ringUp("Baguette tradition");
  await till.payByCard();
  await till.expectSaved();
  expectChain(await api.receipts(1), await till.publicKey(1, 1));
});

test("a clock that is a day behind is said, and sells on", async ({ page, server }) => {
  const api = new Api(server);
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await putForward(page, -DAY);
  await expect(page.locator("#clock")).toContainText("retard", { timeout: 60_000 });
  await till.payByCard();
  await till.expectSaved();
  const receipts = await api.receipts(1);
  expectChain(receipts, await till.publicKey(1, 1));
});

for (const promised of [true, false]) {
  test(`a browser that ${promised ? "promises" : "refuses"} to keep what is stored is asked for it, and its answer shown`, async ({ page }) => {
    await page.addInitScript((promised) => {
      navigator.storage.persist = () => Promise.resolve(promised).finally(() => Object.assign(window, { isAsked: true }));
    }, promised);
    await Till.open(page);
    // The menu asks as well, and few ever open it.
    await page.waitForFunction(() => "isAsked" in window);
    await page.locator("summary.who").click();
    await expect(page.locator(".safekeeping")).toBeVisible();
    await expect(page.locator(".safekeeping").getByText("ne garantit pas")).toHaveCount(promised ? 0 : 1);
  });
}

/** A transaction as it was begun. */
interface Begun {
  stores: string[];
  mode: string;
  durability: string | undefined;
}

/** Runs in the page: notes how each transaction is begun. */
function noteTransactions(): void {
  const begun: Begun[] = [];
  Object.assign(window, { begun });
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    begun.push({ stores: [stores].flat() as string[], mode: mode ?? "readonly", durability: options?.durability });
    return begin.call(this, stores, mode, options);
  };
}

/** Runs in the page: every request succeeds, and then the transaction is aborted for want of room, as browsers do. */
function abortForWantOfRoom(): void {
  Object.assign(window, { diskIsFull: true });
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...args) {
    const request = add.apply(this, args);
    request.addEventListener("success", () => {
      if (!("diskIsFull" in window && window.diskIsFull)) return;
      const error = new DOMException("no room is left", "QuotaExceededError");
      Object.defineProperty(this.transaction, "error", { get: () => error });
      this.transaction.abort();
    });
    return request;
  };
}

/** Runs in the page: what is written by a call finds no room. (Chromium itself looks at its quota only every half a minute.) */
function fillDisk(call: "add" | "put"): void {
  Object.assign(window, { diskIsFull: true });
  const write = IDBObjectStore.prototype[call];
  IDBObjectStore.prototype[call] = function (...args) {
    if ("diskIsFull" in window && window.diskIsFull) throw new DOMException("no room is left", "QuotaExceededError");
    return write.apply(this, args);
  };
}
