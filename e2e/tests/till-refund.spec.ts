import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api, type Sealed } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { code } from "../support/code.ts";
import { leaveOnceCommitted } from "../support/crash.ts";
import { euros, label } from "../support/figures.ts";
import { expectActs } from "../support/journal.ts";
import { press, scan } from "../support/keyboard.ts";
import { expectNoSidewaysScroll } from "../support/layout.ts";
import { OwnKey } from "../support/own-key.ts";
import { allow } from "../support/permission.ts";
import { takePictures } from "../support/pictures.ts";
import { test } from "../support/test.ts";
import { POST, Till } from "../support/till.ts";

const BREAD = "Baguette tradition";
const CROISSANT = "Croissant pur beurre";

test("part of a receipt comes back by its code, the rest by its number, and never more", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product(BREAD);
  const before = (await api.level(1, bread.sku)).on_hand;
  const till = await Till.open(page);
  const pane = refundPane(page);
  const sold = await sellBread(till, api, "3");
  await till.ringUp(CROISSANT);

  await test.step("its code is scanned while the next customer's products are rung up", async () => {
    await scan(page, [code(sold)]);
    await expect(pane.getByRole("heading", { level: 3 })).toContainText(euros(sold.body.total));
    await expect(page.locator("#back-0")).toBeFocused();
    await press(page, "Enter");
    await expect(pane.getByRole("alert")).toContainText("Choisissez ce qui revient");
    await page.locator("#back-0").fill("4");
    await press(page, "Enter");
    await expect(pane.getByRole("alert")).toContainText("dépasse ce qui reste");
    await page.locator("#back-0").fill("");
    await pane.getByRole("button", { name: "Un de plus" }).click();
    await expect(pane.getByText("dépasse ce qui reste")).toHaveCount(0);
    await expect(page.locator("#back")).toHaveText(euros(bread.price));
    await expect(pane.getByRole("radio", { name: "Carte" })).toBeChecked();
    await expectAccessible(page);
    await takePictures(page, "till-refund");
    await page.locator("#back-0").focus();
    await press(page, "Enter");
    await expect(page.getByRole("heading", { name: `Remboursé ${euros(bread.price)}` })).toBeVisible();
    await expect(till.receipt).toContainText("REMBOURSEMENT");
    await expect(till.receipt).toContainText(`n° ${sold.body.number}`);
    await takePictures(page, "till-refunded");
    await till.expectSaved();
  });

  await test.step("it is a signed receipt of its own, stock and journal know of it, and the next sale is as it was", async () => {
    await till.nextSale(() => press(page, "Escape"));
    await expect(till.line(CROISSANT)).toBeVisible();
    const [, refund] = (await api.receiptsOnceThere(1, 2)) as [Sealed, Sealed];
    expect(refund.body).toMatchObject({ total: -bread.price, tenders: [{ amount: -bread.price, kind: "card" }] });
    expect(refund.body.refunds).toMatchObject({ receipt: sold.body.id, lines: [1] });
    expectChain(await api.receipts(1), await till.publicKey(1, 1));
    await api.expectLevel(1, bread.sku, before - 2_000);
    const entries = await expectActs(api, ["signed_in", "refunded"]);
    expect(entries[1]?.entry).toEqual({ act: "refunded", number: sold.body.number, receipt: sold.body.id, refund: refund.body.id, total: bread.price });
  });

  await test.step("the rest comes back in cash, found by its number", async () => {
    await press(page, "F1");
    await page.getByRole("button", { name: "Rembourser un ticket" }).click();
    await page.locator("#refund-number").fill("abc");
    await press(page, "Enter");
    await expect(pane.getByRole("alert")).toContainText("pas lisible");
    await page.locator("#refund-number").fill(String(sold.body.number));
    await press(page, "Enter");
    await expectAccessible(page);
    await takePictures(page, "till-refund-search");
    await pane.getByRole("listitem").getByRole("button").click();
    await expect(pane).toContainText(`Déjà remboursé ${euros(bread.price)}`);
    await pane.getByRole("button", { name: "Tout" }).click();
    await pane.getByRole("radio", { name: "Espèces" }).click();
    await expect(page.locator("#back")).toHaveText(euros(2 * bread.price));
    await pane.getByRole("button", { name: /^Rembourser/ }).click();
    await expect(page.getByRole("heading", { name: `Remboursé ${euros(2 * bread.price)}` })).toBeVisible();
    await till.expectSaved();
    await api.expectLevel(1, bread.sku, before);
  });

  await test.step("and then nothing is left", async () => {
    await scan(page, [code(sold)]);
    await expect(pane).toContainText("Tout a déjà été remboursé");
    await expect(page.locator("#refund")).toBeDisabled();
    await expect(page.locator("#other")).toBeFocused();
    await press(page, "Escape");
    await expect(till.line(CROISSANT)).toBeVisible();
  });

  await test.step("the spaces of a receipt's code press no button, and a product is neither sold while one is given back nor given back twice", async () => {
    await press(page, "F1");
    await page.getByRole("button", { name: "Tiroir ouvert sans vente" }).focus();
    await scan(page, [code(sold)]);
    await expect(pane).toContainText("Tout a déjà été remboursé");
    await scan(page, [bread.gtin ?? ""]);
    await expect(pane.getByRole("alert")).toContainText(`${BREAD} : il n’en reste pas autant`);
    await press(page, "Escape");
    await expect(till.lines).toHaveCount(1);
    await expectActs(api, ["signed_in", "refunded", "refunded"]);
  });
});

test("what is scanned or touched comes back, as far as it is on the receipt and left, and nothing of it is sold", async ({ page, server }) => {
  const api = new Api(server);
  const [bread, croissant, apple] = [await api.product(BREAD), await api.product(CROISSANT), await api.product("Pomme Gala")];
  const till = await Till.open(page);
  const pane = refundPane(page);
  const alert = pane.getByRole("alert");
  await till.search.fill(`3 × ${BREAD}`);
  await till.tile(BREAD).click();
  await scan(page, [label(apple.gtin ?? "", 840)]);
  await till.payByCard();
  await till.expectSaved();
  await till.nextSale(() => press(page, "Escape"));
  const [sold] = (await api.receipts(1)) as [Sealed];

  await test.step("not before the receipt is there", async () => {
    await press(page, "F1");
    await page.getByRole("button", { name: "Rembourser un ticket" }).click();
    await expect(page.locator("#refund-number")).toBeFocused();
    await scan(page, [bread.gtin ?? ""]);
    await expect(alert).toContainText("Cherchez d’abord le ticket");
    await expect(page.locator("#refund-number")).toHaveValue("");
    await press(page, "Escape");
  });

  await test.step("what comes in one burst with the receipt waits for it", async () => {
    await scan(page, [code(sold), bread.gtin ?? "", bread.gtin ?? ""]);
    await expect(page.locator("#back-0")).toHaveValue("2");
    await scan(page, [bread.gtin ?? ""]);
    await expect(page.locator("#back-0")).toHaveValue("3");
  });

  await test.step("and no more than there was", async () => {
    await scan(page, [bread.gtin ?? ""]);
    await expect(alert).toContainText(`${BREAD} : il n’en reste pas autant`);
    await expect(page.locator("#back-0")).toHaveValue("3");
    await scan(page, [croissant.gtin ?? ""]);
    await expect(alert).toContainText(`${CROISSANT} n’est pas sur ce ticket`);
  });

  await test.step("by its label, or by a touch of its tile", async () => {
    await scan(page, [label(apple.gtin ?? "", 900)]);
    await expect(alert).toContainText(`${apple.name} : il n’en reste pas autant`);
    await till.search.fill(apple.name);
    await till.tile(apple.name).click();
    await expect(page.locator("#back-1")).toHaveValue("0,840");
    await expect(alert).toHaveCount(0);
    await expect(page.locator("#back")).toHaveText(euros(sold.body.total));
  });

  await page.locator("#refund").click();
  await expect(page.getByRole("heading", { name: `Remboursé ${euros(sold.body.total)}` })).toBeVisible();
  await till.nextSale(() => press(page, "Escape"));
  await expect(till.lines).toHaveCount(0);
});

test("a receipt is looked up by its total or its day, and of many the till says that there are more", async ({ page, server }) => {
  const api = new Api(server);
  const [bread, croissant] = [await api.product(BREAD), await api.product(CROISSANT)];
  const other = await OwnKey.enrol(api, 1, 2);
  const sought = await other.sell(croissant);
  // One more than the till shows, with the one that is sought.
  for (let sale = 0; sale < 20; sale++) await other.sell(bread);
  await api.receiptsOnceThere(1, 21);
  const day = sought.body.issued_at.slice(0, "2026-11-23".length);
  const dayBefore = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, day.length);
  const total = (croissant.price / 100).toFixed(2).replace(".", ",");
  await Till.open(page);
  const pane = refundPane(page);
  const hits = pane.getByRole("list", { name: "Tickets trouvés" }).getByRole("listitem");
  const more = pane.getByText("D’autres tickets correspondent : précisez la recherche.");
  const find = async (criteria: { amount?: string; day?: string }) => {
    await page.locator("#refund-amount").fill(criteria.amount ?? "");
    await page.locator("#refund-day").fill(criteria.day ?? "");
    await pane.getByRole("button", { name: /^Chercher/ }).click();
  };
  await press(page, "F1");
  await page.getByRole("button", { name: "Rembourser un ticket" }).click();

  await test.step("by its day, of which there are more than somebody looks through", async () => {
    await find({ day });
    await expect(more).toBeVisible();
    await expect(hits).toHaveCount(20);
    await find({ day: dayBefore });
    await expect(pane.getByText("Aucun ticket ne correspond")).toBeVisible();
    await expect(hits).toHaveCount(0);
    await expect(more).toHaveCount(0);
  });

  await test.step("by its total, with the day and without", async () => {
    await find({ amount: total, day });
    await expect(hits).toHaveCount(1);
    await expect(more).toHaveCount(0);
    await find({ amount: total, day: dayBefore });
    await expect(hits).toHaveCount(0);
    await find({ amount: total });
    await expect(hits).toHaveCount(1);
    await expect(hits).toContainText(euros(croissant.price));
    await hits.getByRole("button").click();
    await expect(pane.getByRole("heading", { level: 3 })).toContainText(euros(croissant.price));
    await expect(pane.getByText(CROISSANT)).toBeVisible();
  });
});

test("two tills that refund the same bread at once give it back once", async ({ browser, page, problems, server }) => {
  // The browser logs the answer "not so much is left" as an error.
  problems.allow(/status of 40[49]/);
  const api = new Api(server);
  const bread = await api.product(BREAD);
  const first = await Till.open(page);
  const sold = await sellBread(first, api, "1");
  const context = await browser.newContext();
  problems.watch(context);
  const other = await context.newPage();
  const second = new Till(other);
  await other.goto(`${server.url}/till`);
  await second.signIn({ ...POST, register: 2, seller: 2 });
  await second.expectOpen();

  for (const shown of [page, other]) {
    await scan(shown, [code(sold)]);
    await refundPane(shown).getByRole("button", { name: "Tout" }).click();
    await expect(shown.locator("#back")).toHaveText(euros(bread.price));
  }
  await Promise.all([page, other].map((shown) => shown.locator("#refund").click()));
  const done = (shown: Page) => shown.getByRole("heading", { name: /^Remboursé/ });
  const refused = (shown: Page) => refundPane(shown).getByRole("alert").filter({ hasText: /./ });
  for (const shown of [page, other]) await expect(done(shown).or(refused(shown))).toBeVisible();
  expect((await done(page).count()) + (await done(other).count())).toBe(1);
  const slower = (await done(page).count()) === 1 ? other : page;
  await expect(refused(slower)).toContainText("remboursée ailleurs");
  await expect(refundPane(slower)).toContainText("Tout a déjà été remboursé");
  for (const till of [first, second]) await till.expectAllSaved();
  const receipts = await api.receiptsOnceThere(1, 2);
  expect(receipts.map(({ body }) => body.total).toSorted((a, b) => a - b)).toEqual([-bread.price, bread.price]);
  await context.close();
});

test("without a server nothing is refunded, and the till says why", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const till = await Till.open(page);
  const sold = await sellBread(till, api, "1");
  await scan(page, [code(sold)]);
  await refundPane(page).getByRole("button", { name: "Tout" }).click();
  await server.kill();
  await page.locator("#refund").click();
  await expect(refundPane(page).getByRole("alert")).toContainText("se réserve auprès du serveur", { timeout: 60_000 });
  await server.startAgain();

  await test.step("once it is there again, the same press refunds", async () => {
    const done = page.getByRole("heading", { name: /^Remboursé/ });
    await expect(async () => {
      if ((await done.count()) === 0) await page.locator("#refund").click({ timeout: 1_000 });
      await expect(done).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
    await till.expectSaved();
    expect(await api.receiptsOnceThere(1, 2)).toHaveLength(2);
  });
});

test("what another till has reserved takes a manager's PIN, since that one may have paid it back already", async ({ browser, page, problems, server }) => {
  // The browser logs what is refused, and what does not get through, as errors.
  problems.allow(/status of 40[1349]|ERR_FAILED/);
  const api = new Api(server);
  const bread = await api.product(BREAD);
  const first = await Till.open(page);
  const sold = await sellBread(first, api, "1");

  await test.step("the first pays back, and cannot say so", async () => {
    await page.route("**/api/v1/receipts", (route) => route.abort());
    await scan(page, [code(sold)]);
    await refundPane(page).getByRole("button", { name: "Tout" }).click();
    await page.locator("#refund").click();
    await expect(page.getByRole("heading", { name: /^Remboursé/ })).toBeVisible();
  });

  const context = await browser.newContext();
  problems.watch(context);
  const other = await context.newPage();
  const second = new Till(other);
  const pane = refundPane(other);
  await other.goto(`${server.url}/till`);
  await second.signIn({ ...POST, register: 2, seller: 2 });
  await second.expectOpen();

  await test.step("at the other nobody lets go of it alone", async () => {
    await scan(other, [code(sold)]);
    await expect(pane).toContainText("Réservé, sans ticket de remboursement enregistré");
    await expect(pane).toContainText("ou l’argent sera rendu deux fois");
    await pane.getByRole("button", { name: "Libérer" }).click();
    await expect(pane.getByText("il faut l’accord d’un responsable")).toBeVisible();
    await expectAccessible(other);
    await takePictures(other, "till-refund-release");
    await allow(other, "2", "2222");
    await expect(pane.getByRole("alert")).toContainText("Il faut le numéro et le code d’un responsable");
    await allow(other, "9", "1234");
    await expect(pane.getByRole("alert")).toContainText("Numéro ou code inconnu");
    await expect(other.locator("#refund")).toBeDisabled();
  });

  await test.step("a manager does, and the office's journal says so", async () => {
    await allow(other, "9", "9999");
    await expect(pane.getByText("Réservé, sans ticket")).toHaveCount(0);
    await expect(other.locator("#refund")).toBeEnabled();
    const released = () => api.get<{ items: { body: { by: number; entry: object } }[] }>("journal?store=1&act=refund_released");
    await expect.poll(async () => (await released()).items.length, { timeout: 60_000 }).toBe(1);
    expect((await released()).items[0]?.body).toMatchObject({ by: 9, entry: { receipt: sold.body.id } });
  });

  await test.step("what the first has paid back is found once it gets through", async () => {
    await page.unroute("**/api/v1/receipts");
    await first.expectAllSaved();
    const receipts = await api.receiptsOnceThere(1, 2);
    expect(receipts.map(({ body }) => body.total).toSorted((a, b) => a - b)).toEqual([-bread.price, bread.price]);
    await pane.getByRole("button", { name: "Autre ticket" }).click();
    await scan(other, [code(sold)]);
    await expect(pane).toContainText("Tout a déjà été remboursé");
  });
  await context.close();
});

test("what a till has reserved itself and not issued it lets go of freely", async ({ page, problems, server }) => {
  // The browser logs what does not get through as an error, and that no receipt of the refund is saved.
  problems.allow(/status of 404|ERR_FAILED/);
  const api = new Api(server);
  const till = await Till.open(page);
  const sold = await sellBread(till, api, "1");
  const pane = refundPane(page);
  await page.route("**/refunds/*", async (route) => {
    // The server reserves, and what it says of that is lost.
    if (route.request().method() === "PUT") await route.fetch();
    await route.abort();
  });
  await scan(page, [code(sold)]);
  await pane.getByRole("button", { name: "Tout" }).click();
  await page.locator("#refund").click();
  await expect(pane.getByRole("alert")).toContainText("se réserve auprès du serveur");
  await pane.getByRole("button", { name: "Autre ticket" }).click();
  await page.unroute("**/refunds/*");
  await scan(page, [code(sold)]);
  await expect(pane).toContainText("Réservé, sans ticket de remboursement enregistré");
  await pane.getByRole("button", { name: "Libérer" }).click();
  await expect(pane.getByText("Réservé, sans ticket")).toHaveCount(0);
  await pane.getByRole("button", { name: "Tout" }).click();
  await page.locator("#refund").click();
  await expect(page.getByRole("heading", { name: /^Remboursé/ })).toBeVisible();
  await till.expectSaved();
});

test("a refund whose page dies in the moment in which it is written down is in the journal all the same", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const till = await Till.open(page);
  const sold = await sellBread(till, api, "1");
  await scan(page, [code(sold)]);
  await refundPane(page).getByRole("button", { name: "Tout" }).click();
  await page.evaluate(leaveOnceCommitted);
  await page.locator("#refund").click();
  await page.waitForURL("about:blank");
  await page.goto("/till");
  await till.expectOpen();
  const [, refund] = (await api.receiptsOnceThere(1, 2)) as [Sealed, Sealed];
  const [, refunded] = await expectActs(api, ["signed_in", "refunded"]);
  expect(refunded?.entry).toMatchObject({ receipt: sold.body.id, refund: refund.body.id });
});

test("a code that was tampered with, or comes from elsewhere, refunds nothing", async ({ page, server }) => {
  const till = await Till.open(page);
  const sold = await sellBread(till, new Api(server), "1");
  const alert = refundPane(page).getByRole("alert");
  await scan(page, [code({ ...sold, hash: "0".repeat(64) })]);
  await expect(alert).toContainText("ne va pas avec le ticket enregistré");
  await scan(page, [code({ ...sold, body: { ...sold.body, store: 2 } })]);
  await expect(alert).toContainText("un autre magasin");
});

test("the refund's pane fits a phone", async ({ page, server }) => {
  const till = await Till.open(page);
  const sold = await sellBread(till, new Api(server), "2");
  await page.setViewportSize({ width: 360, height: 740 });
  await scan(page, [code(sold)]);
  await refundPane(page).getByRole("button", { name: "Tout" }).click();
  await expectNoSidewaysScroll(page);
  await takePictures(page, "till-refund-phone");
});

function refundPane(page: Page) {
  return page.getByRole("region", { name: "Rembourser" });
}

/** Sells bread by card, and gives its saved receipt; the till is ready for the next sale. */
async function sellBread(till: Till, api: Api, pieces: string): Promise<Sealed> {
  const before = (await api.receipts(1)).length;
  await till.search.fill(`${pieces} × ${BREAD}`);
  await till.tile(BREAD).click();
  await till.payByCard();
  await till.expectSaved();
  await till.nextSale(() => press(till.page, "Escape"));
  const receipts = await api.receiptsOnceThere(1, before + 1);
  return receipts[before] as Sealed;
}
