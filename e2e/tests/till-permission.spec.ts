import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { forget } from "../support/database.ts";
import { Desk } from "../support/desk.ts";
import { euros } from "../support/figures.ts";
import { expectActs } from "../support/journal.ts";
import { waitUntilKept } from "../support/kept.ts";
import { press } from "../support/keyboard.ts";
import { allow } from "../support/permission.ts";
import { takePictures } from "../support/pictures.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

const BREAD = "Baguette tradition";
const CROISSANT = "Croissant pur beurre";

test("another price takes a manager's PIN, is on the receipt and in the journal", async ({ page, server, problems }) => {
  // The browser logs the answers "wrong PIN" and "no manager" as errors.
  problems.allow(/status of 40[13]/);
  const api = new Api(server);
  const bread = await api.product(BREAD);
  const till = await Till.open(page);
  await till.ringUp(BREAD);
  const fault = page.locator(".permission [role=alert]");

  await test.step("a seller's own PIN does not do", async () => {
    await press(page, "F3");
    await expect(page.locator("#price")).toBeFocused();
    await expectAccessible(page);
    await takePictures(page, "till-price");
    await allow(page, "1", "1111", "0,80");
    await expect(fault).toContainText("Il faut le numéro et le code d’un responsable");
    await allow(page, "9", "1234");
    await expect(fault).toContainText("Numéro ou code inconnu");
    await expect(till.total).toHaveText(euros(bread.price));
  });

  await test.step("a manager's does", async () => {
    await allow(page, "9", "9999");
    await expect(till.total).toHaveText(euros(80));
    await expect(till.line(BREAD)).toContainText(`au lieu de ${euros(bread.price)}`);
    await till.search.fill(BREAD);
    await till.tile(BREAD).click();
    await expect(till.lines, "the next one costs what it always does").toHaveCount(2);
    await till.payByCard();
    await till.expectSaved();
  });

  await test.step("receipt, journal and desk say so, and nothing is wrong", async () => {
    const receipts = await api.receipts(1);
    expectChain(receipts, await till.publicKey(1, 1));
    const lines = receipts[0]!.body.lines.map(({ price, list_price, manager }) => [price, list_price, manager]);
    expect(lines).toEqual([[80, bread.price, 9], [bread.price, undefined, undefined]]);
    const entries = await expectActs(api, ["signed_in", "price_overridden"]);
    expect(entries[1]).toMatchObject({ by: 1, manager: 9, entry: { from: bread.price, sku: bread.sku, to: 80 } });
    const metrics = await (await fetch(new URL("/metrics", server.url))).text();
    expect(metrics).not.toMatch(/^comptoir_findings_total\{/m);
    await till.nextSale(() => press(page, "Escape"));
    await till.signOut();
    const desk = await Desk.open(page);
    await desk.go("Journal");
    const row = page.locator("tr[data-act=price_overridden]");
    await expect(row).toContainText(`${euros(bread.price)} → ${euros(80)}`);
    await expect(row).toContainText("autorisé par");
  });
});

test("wrong PINs lock a manager's number, and the till says for how long", async ({ page, problems }) => {
  problems.allow(/status of 4(01|29)/);
  const till = await Till.open(page);
  await till.ringUp(BREAD);
  await press(page, "F3");
  const fault = page.locator(".permission [role=alert]");
  for (let attempt = 0; attempt < 5; attempt++) {
    await allow(page, "9", "1234", "0,80");
    await expect(page.locator("#manager-pin")).toHaveValue("");
    await expect(fault).toContainText("Numéro ou code inconnu");
  }
  await allow(page, "9", "9999");
  await expect(fault).toContainText(/Trop d’essais. Recommencez dans \d+ s/);
  await press(page, "Escape");
  await expect(fault).toHaveCount(0);
  await expect(till.lines).toHaveCount(1);
});

test("without the server a manager allows who was known here, and the journal arrives later", async ({ page, server, problems }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const till = await Till.open(page);
  await till.expectKept();
  await till.ringUp(BREAD);
  await press(page, "F3");
  await allow(page, "9", "9999", "0,90");
  await expect(till.total).toHaveText(euros(90));
  await expectActs(api, ["signed_in", "price_overridden"]);
  await waitUntilKept(page, "verifier/1/9");
  await server.stop();
  await press(page, "F3");
  await allow(page, "9", "1234", "0,80");
  await expect(page.locator(".permission [role=alert]")).toContainText("Numéro ou code inconnu");
  await allow(page, "9", "9999");
  await expect(till.total).toHaveText(euros(80));
  await press(page, "Shift+Delete");
  await expect(till.lines).toHaveCount(0);
  await press(page, "Control+z");
  await expect(till.lines).toHaveCount(1);
  await server.startAgain();
  const acts = ["signed_in", "price_overridden", "price_overridden", "basket_voided", "void_undone"];
  const entries = await expectActs(api, acts);
  expect(entries[2]?.manager).toBe(9);
  expect(entries[3]?.entry).toEqual({ act: "basket_voided", lines: 1, total: 80 });
});

test("where the store says so, taking something out takes a manager", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product(BREAD);
  const { no, till } = await openStrict(page, api);
  await till.ringUp(BREAD);
  await page.getByRole("button", { name: "Un de plus" }).click();
  await press(page, "-");
  await expect(page.locator(".permission")).toContainText(`Retirer 1 × ${BREAD} demande un responsable`);
  await expectAccessible(page);
  await allow(page, "9", "9999");
  await expect(till.line(BREAD).locator(".qty")).toHaveText("1");
  await press(page, "Shift+Delete");
  await expect(page.locator(".permission")).toContainText(`Retirer tout le ticket, ${euros(bread.price)}, demande un responsable`);
  await press(page, "Escape");
  await expect(till.lines).toHaveCount(1);
  await press(page, "Delete");
  await allow(page, "9", "9999");
  await expect(till.lines).toHaveCount(0);
  const entries = await expectActs(api, ["signed_in", "line_voided", "line_voided"], no);
  expect(entries.map(({ manager }) => manager)).toEqual([undefined, 9, 9]);
  expect(entries[1]?.entry.quantity).toBe(1000);
});

test("a manager allows what they saw, whatever is touched while they type", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product(BREAD);
  const { no, till } = await openStrict(page, api);
  const form = page.locator(".permission");
  const [ofBread, ofCroissant] = [till.line(BREAD).locator(".qty"), till.line(CROISSANT).locator(".qty")];
  const typeIn = async () => {
    await page.locator("#manager").fill("9");
    await page.locator("#manager-pin").fill("9999");
  };
  const choose = (name: string) => till.line(name).getByRole("button").click();
  const submit = () => form.getByRole("button", { name: /^Autoriser/ }).click();
  await till.search.fill(`5 × ${BREAD}`);
  await till.tile(BREAD).click();
  await till.ringUp(CROISSANT);

  await test.step("some of a line goes from that line, and no other is raised to what is left", async () => {
    await choose(BREAD);
    await page.locator("#quantity").click();
    await page.locator("#how-many").fill("3");
    await press(page, "Enter");
    await expect(form).toContainText(`2 × ${BREAD}`);
    await typeIn();
    await choose(CROISSANT);
    await submit();
    await expect(ofBread).toHaveText("3");
    await expect(ofCroissant).toHaveText("1");
  });

  await test.step("a line that is more by then stays, and the till says so", async () => {
    await choose(BREAD);
    await press(page, "Delete");
    await expect(form).toContainText(`3 × ${BREAD}`);
    await typeIn();
    await till.search.fill(BREAD);
    await till.tile(BREAD).click();
    await expect(ofBread).toHaveText("4");
    await submit();
    await expect(till.slot).toContainText("Le ticket a changé entre-temps");
    await expect(form).toHaveCount(0);
    await expect(ofBread).toHaveText("4");
  });

  await test.step("the line that was chosen goes, not the one that was touched since", async () => {
    await choose(BREAD);
    await press(page, "Delete");
    await expect(form).toContainText(`4 × ${BREAD}`);
    await typeIn();
    await choose(CROISSANT);
    await submit();
    await expect(till.line(BREAD)).toHaveCount(0);
    await expect(ofCroissant).toHaveText("1");
  });

  const entries = await expectActs(api, ["signed_in", "line_voided", "line_voided"], no);
  const gone = entries.slice(1).map(({ manager, entry }) => [manager, entry.sku, entry.quantity]);
  expect(gone).toEqual([[9, bread.sku, 2_000], [9, bread.sku, 4_000]]);
});

test("the last receipt is printed again after a reload, also without a server, and each time the journal has it", async ({ page, server, problems }) => {
  problems.allowNoServer();
  await page.addInitScript(() => Object.assign(window, { printed: 0, print: () => window.printed++ }));
  const api = new Api(server);
  const till = await Till.open(page);
  const again = page.getByRole("button", { name: "Réimprimer le dernier ticket" });
  await till.expectKept();
  await press(page, "F1");
  await expect(again, "nothing was ever sold here").toBeDisabled();
  await press(page, "Escape");
  await till.ringUp(BREAD);
  await till.payByCard();
  await till.expectSaved();
  await till.nextSale(() => press(page, "Escape"));
  const [receipt] = await api.receipts(1);
  await till.ringUp(CROISSANT);

  const reprint = async (number: number) => {
    await page.reload();
    await till.expectOpen();
    await press(page, "F1");
    await again.click();
    await expect(till.receipt).toContainText("DUPLICATA");
    await expect(till.receipt).toContainText(`n° ${number}`);
    await expect.poll(() => page.evaluate(() => window.printed)).toBe(1);
    await till.nextSale(() => press(page, "Escape"));
    await expect(till.line(CROISSANT), "what is rung up stays").toBeVisible();
  };
  await test.step("from the browser's disk", () => reprint(1));
  await test.step("from the server, where the disk has lost it", async () => {
    await forget(page, "kept", "last/1/1");
    await reprint(1);
  });
  await till.payByCard();
  await till.expectSaved();
  await till.nextSale(() => press(page, "Escape"));
  await till.ringUp(CROISSANT);
  await server.stop();
  await test.step("without a server", () => reprint(2));
  await server.startAgain();
  const entries = await expectActs(api, ["signed_in", "reprinted", "reprinted", "reprinted"]);
  expect(entries.map(({ entry }) => entry.number)).toEqual([undefined, 1, 1, 2]);
  expect(entries[1]?.entry).toEqual({ act: "reprinted", number: 1, receipt: receipt!.body.id });
});

test("a reprint is in the journal before the paper", async ({ page, server }) => {
  await page.addInitScript(() => Object.assign(window, { printed: 0, print: () => window.printed++ }));
  const api = new Api(server);
  const till = await Till.open(page);
  await till.ringUp(BREAD);
  await till.payByCard();
  await expect(till.receipt).toBeVisible();
  await press(page, "F10");
  await till.nextSale(() => press(page, "Escape"));
  await press(page, "F1");
  await page.getByRole("button", { name: "Réimprimer le dernier ticket" }).click();
  await expect(till.receipt).toContainText("DUPLICATA");
  await expect.poll(() => page.evaluate(() => window.printed)).toBe(2);
  await till.expectSaved();
  const [receipt] = await api.receipts(1);
  const entries = await expectActs(api, ["signed_in", "reprinted"]);
  expect(entries[1]?.entry).toEqual({ act: "reprinted", number: 1, receipt: receipt!.body.id });
  await till.signOut();
  await expectActs(api, ["signed_in", "reprinted", "signed_out"]);
});

/** Opens the till of a store in which taking something out takes a manager. */
async function openStrict(page: Page, api: Api): Promise<{ no: number; till: Till }> {
  const { no } = await api.post<{ no: number }>("stores", { name: "Nantes Bouffay", time_zone: "Europe/Paris", training: true, void_needs_manager: true });
  await api.post(`stores/${no}/registers`, {});
  await api.post(`stores/${no}/sellers`, { no: 1, name: "Anne", role: "seller", pin: "1111" });
  await api.post(`stores/${no}/sellers`, { no: 9, name: "Marc", role: "manager", pin: "9999" });
  return { no, till: await Till.open(page, { store: "Nantes Bouffay", register: 1, seller: 1 }) };
}
