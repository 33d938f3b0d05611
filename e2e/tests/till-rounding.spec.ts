import { expect } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { code } from "../support/code.ts";
import { euros } from "../support/figures.ts";
import { expectActs } from "../support/journal.ts";
import { press, scan } from "../support/keyboard.ts";
import { expectNoSidewaysScroll } from "../support/layout.ts";
import { takePictures } from "../support/pictures.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

const BREAD = "Baguette tradition";
const PLACE = "Liège Guillemins";

/** Opens a store without coins of 1 and 2 cents, where bread costs 1.02; gives its number. */
async function openStore(api: Api): Promise<number> {
  await api.putProduct({ ...(await api.product(BREAD)), price: 102 });
  const { no } = await api.post<{ no: number }>("stores", { name: PLACE, time_zone: "Europe/Brussels", training: true, smallest_coin: 5 });
  await api.post(`stores/${no}/registers`, {});
  await api.post(`stores/${no}/sellers`, { no: 1, name: "Anne", role: "seller", pin: "1111" });
  return no;
}

test("where there are no cents, cash is rounded: what is due, the change, the paper, the drawer and what comes back", async ({ page, server }) => {
  const api = new Api(server);
  const store = await openStore(api);
  const till = await Till.open(page, { store: PLACE, register: 1, seller: 1 });
  const pane = page.getByRole("region", { name: "Tiroir et session" });
  const due = page.locator(".payment .due");

  await test.step("a session is opened", async () => {
    await press(page, "F1");
    await pane.getByRole("button", { name: "Ouvrir une session" }).click();
    await page.locator("#cash-amount").fill("100");
    await press(page, "Enter");
    await expect(pane).toContainText(`fond ${euros(10_000)}`);
    await press(page, "Escape");
  });

  await test.step("by card the price is due, in cash what coins make of it", async () => {
    await till.ringUp(BREAD);
    await press(page, "F9");
    await expect(due).not.toContainText("Arrondi");
    await expect(due.locator("strong")).toHaveText(euros(102));
    await press(page, "F8");
    await expect(due.locator("strong")).toHaveText(euros(100));
    await expect(due).toContainText(`Arrondi −${euros(2)}`);
    await expectAccessible(page);
    await takePictures(page, "till-rounding");
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await till.given.fill("1,02");
    await press(page, "Enter");
    await expect(till.slot).toContainText("Il n’y a pas d’aussi petites pièces");
    await till.given.fill("2");
    await expect(page.locator("#change")).toHaveText(euros(100));
    await press(page, "Enter");
    await expect(page.getByRole("heading", { name: `Payé ${euros(100)}` })).toBeVisible();
    const amounts = till.receipt.locator(".amounts > div");
    await expect(amounts).toHaveText([`Total${euros(102)}`, `Arrondi−${euros(2)}`, `Espèces${euros(200)}`, `Rendu${euros(100)}`]);
    await till.expectSaved();
  });

  await test.step("the receipt says so, and neither turnover nor VAT know of it", async () => {
    const [receipt] = await api.receipts(store);
    expect(receipt?.body).toMatchObject({ total: 102, rounding: -2, change: 100, tenders: [{ amount: 200, kind: "cash" }] });
    expect(receipt?.body.taxes.map(({ gross }) => gross)).toEqual([102]);
    const report = () => api.get<{ registers: unknown[] }>(`stores/${store}/reports/x`).then(({ registers }) => registers[0]);
    await expect.poll(report, { timeout: 60_000 }).toMatchObject({ takings: 102, rounding: -2, tenders: [{ amount: 100, kind: "cash" }] });
  });

  await test.step("the drawer is expected to hold what was really taken", async () => {
    await till.nextSale(() => press(page, "Escape"));
    await press(page, "F1");
    await pane.getByRole("button", { name: "Rapport X de la session" }).click();
    const slip = page.locator(".register .receipt");
    await expect(slip).toContainText(`Attendu${euros(10_100)}`);
    await expect(slip).toContainText(`Total${euros(102)}Arrondi−${euros(2)}Espèces${euros(100)}`);
    await press(page, "Escape");
  });

  await test.step("what comes back in cash is rounded too", async () => {
    const [sold] = await api.receipts(store);
    await scan(page, [code(sold!)]);
    await expect(page.locator("#back-0")).toBeFocused();
    await page.locator("#back-0").fill("1");
    await expect(page.locator("#back")).toHaveText(euros(100));
    await press(page, "Enter");
    await expect(page.getByRole("heading", { name: `Remboursé ${euros(100)}` })).toBeVisible();
    await till.expectSaved();
    const [, refund] = await api.receiptsOnceThere(store, 2);
    expect(refund?.body).toMatchObject({ total: -102, rounding: 2, tenders: [{ amount: -100, kind: "cash" }] });
    const entries = await expectActs(api, ["signed_in", "session_opened", "refunded"], store);
    expect(entries[2]?.entry.total).toBe(100);
  });

  await test.step("nothing of it is wrong", async () => {
    expectChain(await api.receipts(store), await till.publicKey(store, 1));
    const metrics = await (await fetch(new URL("/metrics", server.url))).text();
    expect(metrics).not.toMatch(/^comptoir_findings_total\{/m);
  });
});
