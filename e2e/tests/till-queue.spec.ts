import { expect, type Page } from "@playwright/test";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { putForward } from "../support/clock.ts";
import { records } from "../support/database.ts";
import { PROGRAM } from "../support/environment.ts";
import { exportWaiting } from "../support/exported.ts";
import { expectActs, journal } from "../support/journal.ts";
import { scan } from "../support/keyboard.ts";
import { test } from "../support/test.ts";
import { Till, type Post } from "../support/till.ts";

const run = promisify(execFile);

/** How many sales are made at each of two stores while no server answers. */
const SALES = 100;

/** In milliseconds. */
const HOUR = 3_600_000;

const POSTS: readonly Post[] = [
  { store: "Lyon Part-Dieu", register: 1, seller: 1 },
  { store: "Lille Flandres", register: 1, seller: 1 },
];

test("two hundred sales of two stores wait in one browser, survive reloads, and all arrive", async ({ page, problems, server }) => {
  problems.allowNoServer();
  test.setTimeout(900_000);
  const api = new Api(server);
  const till = new Till(page);
  let file = "";
  const bread = await api.product("Baguette tradition");

  await test.step("both registers are opened once with the server", async () => {
    await page.goto("/till");
    for (const post of POSTS) {
      await till.signIn(post);
      await till.expectOpen();
      await till.expectKept();
      await till.signOut();
    }
  });

  await server.stop();
  await test.step("each sells without it", async () => {
    for (const post of POSTS) {
      await till.signIn(post);
      await till.expectOpen();
      for (let sale = 0; sale < SALES; sale++) await sell(page, till, bread.gtin ?? "");
      await till.signOut();
    }
  });

  await test.step("what waits can be carried off as a file", async () => {
    await till.signIn(POSTS[0]!);
    await till.expectOpen();
    await expect(till.outbox).toContainText(`${2 * SALES} en attente`);
    await page.locator("summary.who").click();
    await expect(page.getByText(/^Le plus ancien ticket attend depuis/)).toBeVisible();
    const exported = await exportWaiting(page);
    file = exported.file;
    expect(exported.receipts).toHaveLength(2 * SALES);
  });

  await test.step("the server is back", async () => {
    await server.startAgain();
    await expect(till.outbox).toHaveText("Tout est enregistré", { timeout: 180_000 });
    for (const store of [1, 2]) {
      const receipts = await api.receipts(store);
      expect(receipts).toHaveLength(SALES);
      expectChain(receipts, await till.publicKey(store, 1));
    }
  });

  await test.step("the file, taken in as well, doubles none", async () => {
    const { stdout } = await run(PROGRAM, ["import", "receipts", file, "--server", server.url], { env: { ...process.env, COMPTOIR_TOKEN: "demo" } });
    expect(stdout).toContain(String(2 * SALES));
    await till.expectAllSaved();
    for (const store of [1, 2]) expect(await api.receipts(store)).toHaveLength(SALES);
  });
});

test("what was exported is in the books before its till is back, which doubles none of it", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const till = await Till.open(page);
  await till.expectKept();
  const bread = await api.product("Baguette tradition");
  await server.stop();
  await sell(page, till, bread.gtin ?? "");
  await page.keyboard.press("F1");
  await page.getByRole("button", { name: "Tiroir ouvert sans vente" }).click();
  await expect(page.getByText("Ouverture du tiroir notée au journal.")).toBeVisible();
  await page.keyboard.press("Escape");
  await sell(page, till, bread.gtin ?? "");
  await putForward(page, 2 * HOUR);
  await page.locator("summary.who").click();
  const { file, receipts, entries } = await exportWaiting(page);
  await expect(page.locator(".bar .menu"), "the menu was opened two hours later").toContainText("Le plus ancien ticket attend depuis 2 h.");
  expect(receipts).toHaveLength(2);
  expect(entries.map(({ body }) => body.entry.act)).toEqual(["key_created", "signed_in", "drawer_opened"].slice(-entries.length));
  await page.goto("about:blank");

  await server.startAgain();
  const { stdout } = await run(PROGRAM, ["import", "receipts", file, "--server", server.url], { env: { ...process.env, COMPTOIR_TOKEN: "demo" } });
  expect(stdout).toContain(`2 receipts and ${entries.length} entries`);
  expect(await api.receiptsOnceThere(1, 2)).toHaveLength(2);
  await expectActs(api, ["signed_in", "drawer_opened"]);

  await page.goto("/till");
  await till.expectOpen();
  await till.expectAllSaved();
  await expect.poll(async () => (await records(page, "journal")).size, { timeout: 60_000 }).toBe(0);
  await expectActs(api, ["signed_in", "drawer_opened"]);
  expectChain(await journal(api), await till.publicKey(1, 1));
  expect(await api.receipts(1)).toHaveLength(2);
});

/** A sale by scanner and keys alone. */
async function sell(page: Page, till: Till, code: string): Promise<void> {
  await scan(page, [code]);
  await expect(till.lines).toHaveCount(1);
  await page.keyboard.press("F9");
  await expect(till.given).toBeFocused();
  await page.keyboard.press("Enter");
  await till.expectPaid();
  await page.keyboard.press("Escape");
  await expect(till.receipt).toHaveCount(0);
}
