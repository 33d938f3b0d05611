import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { records } from "../support/database.ts";
import { euros } from "../support/figures.ts";
import { press, type } from "../support/keyboard.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

test("a payment split between card and cash", async ({ page, server }) => {
  const api = new Api(server);
  const coffee = await api.product("Café moulu pur arabica 250 g");
  const till = await Till.open(page);
  await till.ringUp(coffee.name);
  await till.ringUp("Baguette tradition");
  const total = coffee.price + (await api.product("Baguette tradition")).price;

  await press(page, "F9");
  await expect(till.given).toBeFocused();
  await type(page, "2,50");
  await press(page, "Enter");
  const due = total - 250;
  await expect(page.locator(".tenders li")).toContainText(["Carte"]);
  await expect(page.locator(".payment .due strong")).toHaveText(euros(due));

  await test.step("what is not enough is taken, and the rest stays due", async () => {
    await type(page, "1");
    await press(page, "Enter");
    await expect(page.locator(".payment .due strong")).toHaveText(euros(due - 100));
    await press(page, "Escape");
    await expect(page.locator(".payment .due strong")).toHaveText(euros(due));
  });

  await type(page, "10");
  await expect(page.locator("#change")).toHaveText(euros(1000 - due));
  await press(page, "Enter");
  await till.expectPaid();
  const amounts = till.receipt.locator(".amounts > div");
  await expect(amounts).toHaveText([`Total${euros(total)}`, `Carte${euros(250)}`, `Espèces${euros(1000)}`, `Rendu${euros(1000 - due)}`]);
  await till.expectSaved();

  const [receipt] = await api.receipts(1);
  expect(receipt?.body).toMatchObject({
    tenders: [{ kind: "card", amount: 250 }, { kind: "cash", amount: 1000 }],
    change: 1000 - due,
    total,
  });
});

test("a meal voucher and a voucher pay a part, cash the rest", async ({ page, server }) => {
  const api = new Api(server);
  const coffee = await api.product("Café moulu pur arabica 250 g");
  const till = await Till.open(page);
  await till.ringUp(coffee.name);
  await press(page, "Shift+F9");
  await expect(page.getByRole("radio", { name: /^Titre-restaurant/ })).toBeChecked();
  await expect(till.given).toBeFocused();
  await type(page, "99");
  await press(page, "Enter");
  await expect(till.slot).toContainText("Seules les espèces peuvent dépasser ce qui est dû.");
  await till.given.fill("1,00");
  await press(page, "Enter");
  await press(page, "Shift+F8");
  await type(page, "0,50");
  await press(page, "Enter");
  await expect(page.locator(".tenders li")).toContainText(["Titre-restaurant", "Bon d’achat"]);
  await press(page, "Enter");
  await till.expectPaid();
  const tenders = [
    { kind: "meal_voucher", amount: 100 },
    { kind: "voucher", amount: 50 },
    { kind: "cash", amount: coffee.price - 150 },
  ];
  const amounts = till.receipt.locator(".amounts > div");
  await expect(amounts).toContainText(["Total", "Titre-restaurant", "Bon d’achat", "Espèces"]);
  await till.expectSaved();
  const [receipt] = await api.receipts(1);
  expect(receipt?.body).toMatchObject({ tenders, change: 0, total: coffee.price });
});

test("a card pays no more than is due", async ({ page }) => {
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await press(page, "F9");
  await type(page, "99");
  await press(page, "Enter");
  await expect(page.getByText("Seules les espèces peuvent dépasser ce qui est dû.")).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Payé/ })).toHaveCount(0);
});

test("paid twice by a double click or a double Enter, it is paid once", async ({ page, server }) => {
  const api = new Api(server);
  const till = await Till.open(page);

  await test.step("double click", async () => {
    await till.ringUp("Baguette tradition");
    await page.getByRole("button", { name: /^Carte/ }).click();
    await page.getByRole("button", { name: /^Encaisser/ }).dblclick();
    await till.expectPaid();
    await till.expectSaved();
    await expect(till.receipt, "the second click puts no receipt away").toBeVisible();
  });

  await test.step("double Enter", async () => {
    await press(page, "Escape");
    await till.ringUp("Croissant pur beurre");
    await press(page, "F8");
    await expect(till.given).toBeFocused();
    await Promise.all([page.keyboard.press("Enter"), page.keyboard.press("Enter")]);
    await till.expectPaid();
    await till.expectSaved();
    await expect(till.receipt, "the second Enter puts no receipt away").toBeVisible();
  });

  const receipts = await api.receipts(1);
  expect(receipts.map(({ body }) => body.lines.map(({ name }) => name))).toEqual([["Baguette tradition"], ["Croissant pur beurre"]]);
  expectChain(receipts, await till.publicKey(1, 1));
  await api.expectComplete(1, [{ letter: "A", saved: [[1, 2]] }]);
});

test("what was taken of a payment is still taken after a reload, and nobody signs out meanwhile", async ({ page, server }) => {
  const api = new Api(server);
  const coffee = await api.product("Café moulu pur arabica 250 g");
  const till = await Till.open(page);
  const due = page.locator(".payment .due strong");
  const rest = euros(coffee.price - 250);
  await till.ringUp(coffee.name);
  await press(page, "F9");
  await type(page, "2,50");
  await press(page, "Enter");
  await expect(due).toHaveText(rest);

  await test.step("signing out is refused with the reason, by pointer and by key", async () => {
    const refused = async (ask: () => Promise<void>) => {
      await ask();
      await expect(till.slot).toContainText("Une partie est déjà payée");
      await expect(due).toHaveText(rest);
      await till.slot.getByRole("button").click();
    };
    for (const name of ["Se déconnecter", /^Changer de vendeur/]) {
      await refused(async () => {
        await page.locator("summary.who").click();
        await page.getByRole("button", { name }).click();
        await page.locator("summary.who").click();
      });
    }
    await refused(() => press(page, "Shift+F1"));
  });

  await test.step("the page dies, and the rest is still due", async () => {
    await expect.poll(async () => JSON.parse((await records(page, "counters")).get("1/1") ?? "{}").taken).toEqual([{ kind: "card", amount: 250 }]);
    await page.reload();
    await expect(due).toHaveText(rest);
    await expect(page.locator(".tenders li")).toContainText([`Carte${euros(250)}`]);
    await expect(till.given).toBeFocused();
    await press(page, "Enter");
    await till.expectPaid();
    await till.expectSaved();
  });

  const tenders = [{ kind: "card", amount: 250 }, { kind: "cash", amount: coffee.price - 250 }];
  expect((await api.receipts(1)).map(({ body }) => body.tenders)).toEqual([tenders]);
  await page.reload();
  await till.expectOpen();
  await expect(till.lines, "it does not come back once it is paid").toHaveCount(0);
  await expect(due).toHaveCount(0);
});
