import { expect, type Locator, type Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api, type Sealed } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { Desk } from "../support/desk.ts";
import { euros } from "../support/figures.ts";
import { journal, type Entry } from "../support/journal.ts";
import { press } from "../support/keyboard.ts";
import { expectNoSidewaysScroll } from "../support/layout.ts";
import { showPrinted } from "../support/paper.ts";
import { takePictures } from "../support/pictures.ts";
import { countReads } from "../support/reads.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

const BREAD = "Baguette tradition";

interface Closing {
  day: string;
  first: number;
  head: string;
  last: number;
  number: number;
  period: { absolute: number; receipts: number; refunds: number; taxes: Tax[]; tenders: { amount: number; kind: string }[]; total: number };
  perpetual: { absolute: number; algebraic: number };
  previous: string;
}

interface Tax {
  gross: number;
  net: number;
  rate: number;
  tax: number;
}

interface Stored {
  body: Entry;
  hash: string;
  state: "complete" | "waiting" | "wrong";
}

test("a day is closed without the server, is complete once it is back, and the next goes on from its total", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const bread = await api.product(BREAD);
  const till = await Till.open(page);
  await till.expectKept();

  await test.step("two are sold, one comes back", async () => {
    await sell(till);
    await sell(till);
    await till.expectAllSaved();
    const [first] = await api.receiptsOnceThere(1, 2);
    await refund(till, first!);
    await till.expectAllSaved();
  });

  await test.step("without the server a third is sold, and the X report has the figures of the Z without any session", async () => {
    await server.stop();
    await sell(till);
    await press(page, "F1");
    await page.getByRole("button", { name: "Rapport X de la période" }).click();
    const slip = page.locator(".register .receipt");
    await expect(slip.getByRole("heading")).toHaveText("Rapport X de la période");
    await expect(slip).toContainText("rien n’est clôturé");
    await expect(slip).toContainText("Tickets4");
    await expect(slip).toContainText(`Total${euros(2 * bread.price)}`);
    await expect(slip).toContainText(`Total perpétuel${euros(2 * bread.price)}`);
    await expectAccessible(page);
    await press(page, "Escape");
  });

  await test.step("the day is closed", async () => {
    const slip = await openClosing(page);
    await expect(slip).toContainText("la journée n’est pas encore clôturée");
    await expect(slip).toContainText(`Total${euros(2 * bread.price)}`);
    await expectAccessible(page);
    await takePictures(page, "till-closing");
    await page.getByRole("button", { name: "Clôturer", exact: true }).click();
    await expect(page.locator(".register")).toContainText("la clôture est signée et au journal");
    await expect(slip).toContainText("Clôture Z n° 1");
    await expect(slip).toContainText(`Total perpétuel${euros(2 * bread.price)}`);
    await expect(slip).toContainText(`en valeur absolue${euros(4 * bread.price)}`);
    await expectAccessible(page);
    await takePictures(page, "till-closed");
    await showPrinted(page);
    await expect(slip).toBeVisible();
    await expect(page.locator(".bar")).toBeHidden();
    await page.emulateMedia({ media: null });
    await press(page, "Escape");
  });

  await test.step("a sale from here on counts in the next period, also after a reload", async () => {
    await server.startAgain();
    await page.reload();
    await till.expectOpen();
    await sell(till);
    await till.expectAllSaved();
    const periods = (await api.receiptsOnceThere(1, 5)).map(({ body }) => (body as { period?: number }).period);
    expect(periods).toEqual([undefined, undefined, undefined, undefined, 2]);
    await expectClosings(api, ["complete"]);
  });

  await test.step("a second closing carries the total on", async () => {
    const slip = await openClosing(page);
    await expect(slip).toContainText(`Total${euros(bread.price)}`);
    await page.getByRole("button", { name: "Clôturer", exact: true }).click();
    await expect(slip).toContainText(`Total perpétuel${euros(3 * bread.price)}`);
    const [second, first] = await expectClosings(api, ["complete", "complete"]);
    expectFigures(first!, await api.receipts(1), 1, 4);
    expectFigures(second!, await api.receipts(1), 5, 5);
    const [before, after] = [closing(first!), closing(second!)];
    expect([before.number, after.number]).toEqual([1, 2]);
    expect(after.previous).toBe(first!.hash);
    expect(after.perpetual).toEqual({
      absolute: before.perpetual.absolute + after.period.absolute,
      algebraic: before.perpetual.algebraic + after.period.total,
    });
    const key = await till.publicKey(1, 1);
    expectChain(await api.receipts(1), key);
    expectChain(await journal(api), key);
  });

  await test.step("the desk shows both as complete, and each on paper", async () => {
    await press(page, "Escape");
    await till.signOut();
    const desk = await Desk.open(page);
    await desk.store("Lyon Part-Dieu").getByRole("link", { name: "Clôtures" }).click();
    const rows = page.locator("tbody tr");
    await expect(rows).toHaveCount(2);
    for (const row of await rows.all()) await expect(row.locator(".mark")).toHaveText("complète");
    await expect(rows.first()).toContainText("Z 2");
    await expectAccessible(page);
    await takePictures(page, "desk-closings");
    for (const width of [360, 1920]) {
      await page.setViewportSize({ width, height: 740 });
      await expectNoSidewaysScroll(page);
    }
    await rows.first().getByRole("button").click();
    await expect(page.getByRole("article")).toContainText(`Total perpétuel${euros(3 * bread.price)}`);
    await expectAccessible(page);
  });

  await test.step("month and year are what their days came to, and still run", async () => {
    const day = closing((await expectClosings(api, ["complete", "complete"]))[0]!).day;
    await page.getByRole("button", { name: "Mois et année" }).click();
    const rows = page.locator("tbody tr");
    await expect(rows).toHaveCount(2);
    for (const [at, name] of [day.slice(0, 4), day.slice(0, 7)].entries()) {
      await expect(rows.nth(at).getByRole("button")).toHaveText(name);
      await expect(rows.nth(at)).toContainText(euros(3 * bread.price));
      await expect(rows.nth(at).locator(".mark")).toHaveText("complète");
      await expect(rows.nth(at)).toContainText("pas encore close");
    }
    await expectAccessible(page);
    await takePictures(page, "desk-calendar");
    for (const width of [360, 1920]) {
      await page.setViewportSize({ width, height: 740 });
      await expectNoSidewaysScroll(page);
    }
    await rows.first().getByRole("button").click();
    const paper = page.getByRole("article");
    await expect(paper).toContainText(`Année ${day.slice(0, 4)}`);
    await expect(paper).toContainText(`Total${euros(3 * bread.price)}`);
    await expect(paper).toContainText("Aucune journée d’une période suivante");
    await expectAccessible(page);
    await takePictures(page, "desk-year");
    await page.getByRole("button", { name: "Mois et année" }).click();
    await page.getByRole("button", { name: "Année précédente" }).click();
    await expect(page.getByRole("heading", { name: String(Number(day.slice(0, 4)) - 1) })).toBeVisible();
    await expect(page.getByText("Aucune clôture dans l’année")).toBeVisible();
  });

  await test.step("and the export proves it without us", async () => {
    const lines = (await api.text("receipts/export?store=1")).trimEnd().split("\n");
    await page.goto("/verify");
    await choose(page, lines);
    await expect(page.getByRole("status").getByRole("heading")).toContainText("Chaque chaîne est entière");
    await choose(page, lines.map((line) => line.replace(`"total":${2 * bread.price}`, `"total":${bread.price}`)));
    await expect(page.getByRole("status").getByRole("heading")).toContainText(/entrée de journal n° \d+\s: son contenu a été modifié/);
  });
});

test("a closing reads as little after many sales as after one", async ({ page }) => {
  const reads = await countReads(page);
  const till = await Till.open(page);
  await till.expectKept();
  const costs: number[] = [];
  for (const sales of [1, 20]) {
    for (let sale = 0; sale < sales; sale++) await sell(till);
    await till.expectAllSaved();
    const before = await reads();
    const slip = await openClosing(page);
    await page.getByRole("button", { name: "Clôturer", exact: true }).click();
    await expect(slip).toContainText("Clôture Z n°");
    costs.push((await reads()) - before);
    await press(page, "Escape");
  }
  const [after, afterMany] = costs as [number, number];
  expect(after, "it is seen at all").toBeGreaterThan(0);
  // What else is read meanwhile comes to less than ten.
  expect(afterMany - after, `${costs}`).toBeLessThan(15);
  expect(after, `${costs}`).toBeLessThan(40);
});

test("nothing is sold: the day is closed all the same, on a phone", async ({ page, server }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const api = new Api(server);
  await Till.open(page);
  await page.locator("summary.who").click();
  await page.locator("#register").click();
  await page.getByRole("button", { name: "Z : clôturer la journée" }).click();
  await expect(page.locator(".register .receipt")).toContainText("Numérosaucun");
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Clôturer", exact: true }).click();
  const [empty] = await expectClosings(api, ["complete"]);
  expect(closing(empty!)).toMatchObject({ first: 1, last: 0, period: { receipts: 0, total: 0 }, perpetual: { absolute: 0, algebraic: 0 } });
});

async function sell(till: Till): Promise<void> {
  await till.ringUp(BREAD);
  await till.payByCard();
  await till.nextSale(() => press(till.page, "Escape"));
}

/** Gives back all of a receipt. */
async function refund(till: Till, { body }: Sealed): Promise<void> {
  const { page } = till;
  await press(page, "F1");
  await page.getByRole("button", { name: "Rembourser un ticket" }).click();
  await page.locator("#refund-number").fill(String(body.number));
  await press(page, "Enter");
  await page.getByRole("region", { name: "Rembourser" }).getByRole("listitem").getByRole("button").click();
  await page.locator("#back-0").fill("1");
  await press(page, "Enter");
  await expect(page.getByRole("heading", { name: /^Remboursé/ })).toBeVisible();
  await till.nextSale(() => press(page, "Escape"));
}

/** Asks what a closing would say, and gives the slip. */
async function openClosing(page: Page): Promise<Locator> {
  await press(page, "F1");
  await page.getByRole("button", { name: "Z : clôturer la journée" }).click();
  return page.locator(".register .receipt");
}

/** Waits until the store has closings in these states, the newest first. */
async function expectClosings(api: Api, states: Stored["state"][]): Promise<Stored[]> {
  const found = async () => (await api.get<{ items: Stored[] }>("stores/1/closings")).items;
  await expect.poll(async () => (await found()).map(({ state }) => state), { timeout: 60_000 }).toEqual(states);
  return found();
}

function closing({ body }: Stored): Closing {
  return body.entry as unknown as Closing;
}

/** Holds a closing against the receipts of these numbers, by sums of our own. */
function expectFigures(stored: Stored, receipts: Sealed[], from: number, to: number): void {
  const { first, head, last, period } = closing(stored);
  const covered = receipts.map(({ body }) => body).filter(({ number }) => number >= from && number <= to);
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
  expect([first, last, period.receipts]).toEqual([from, to, covered.length]);
  expect(head).toBe(receipts.find(({ body }) => body.number === to)?.hash);
  expect(period.total).toBe(sum(covered.map(({ total }) => total)));
  expect(period.absolute).toBe(sum(covered.map(({ total }) => Math.abs(total))));
  expect(period.refunds).toBe(covered.filter(({ refunds }) => refunds).length);
  for (const part of ["gross", "net", "tax"] as const) {
    expect(sum(period.taxes.map((tax) => tax[part]))).toBe(sum(covered.flatMap(({ taxes }) => taxes.map((tax) => tax[part]))));
  }
  const paid = covered.flatMap(({ tenders }) => tenders.map(({ amount }) => amount));
  expect(sum(period.tenders.map(({ amount }) => amount))).toBe(sum(paid));
}

async function choose(page: Page, lines: string[]): Promise<void> {
  const buffer = Buffer.from(`${lines.join("\n")}\n`);
  await page.locator("#export").setInputFiles({ name: "store-1.jsonl", mimeType: "application/jsonl", buffer });
}
