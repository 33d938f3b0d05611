import { expect, type Page } from "@playwright/test";
import { Api, type Product } from "../support/api.ts";
import { code } from "../support/code.ts";
import { euros, label } from "../support/figures.ts";
import { press, scan, type } from "../support/keyboard.ts";
import { test } from "../support/test.ts";
import { POST, Till } from "../support/till.ts";

/** A product that bears a barcode of its own, sold by the piece. */
interface Coded extends Product {
  gtin: string;
}

const CODES_IN_A_SECOND = 30;

test("a scan counts wherever the focus is, and leaves nothing there", async ({ page, server }) => {
  const [first, second, third, fourth, fifth] = await coded(new Api(server));
  const till = await Till.open(page);

  await test.step("nowhere", async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await scan(page, [first.gtin]);
    await expect(till.line(first.name).locator(".qty")).toHaveText("1");
    await expect(till.search).toHaveValue("");
  });

  await test.step("on a tile, which its Enter must not press", async () => {
    await till.tiles.first().focus();
    await scan(page, [second.gtin]);
    await expect(till.line(second.name).locator(".qty")).toHaveText("1");
    await expect(till.lines).toHaveCount(2);
  });

  await test.step("in the search, where somebody is typing", async () => {
    await till.search.focus();
    await type(page, "pomme");
    await scan(page, [third.gtin]);
    await expect(till.line(third.name).locator(".qty")).toHaveText("1");
    await expect(till.lines).toHaveCount(3);
  });

  await test.step("in the field of the quantity", async () => {
    await page.locator("#quantity").focus();
    await scan(page, [fourth.gtin]);
    await expect(till.line(fourth.name).locator(".qty")).toHaveText("1");
    await expect(till.line(third.name).locator(".qty")).toHaveText("1");
    await expect(page.locator("#quantity")).toHaveValue("1");
  });

  await test.step("while the payment is being begun", async () => {
    await press(page, "F8");
    await expect(till.given).toBeFocused();
    await scan(page, [fifth.gtin]);
    await expect(till.line(fifth.name).locator(".qty")).toHaveText("1");
    await expect(till.lines).toHaveCount(5);
    await press(page, "F8");
    await expect(till.given).toHaveValue("");
  });
});

test("a burst of thirty codes in a second loses none", async ({ page, server }) => {
  const products = (await coded(new Api(server))).slice(0, 5);
  const till = await Till.open(page);
  const codes = Array.from({ length: CODES_IN_A_SECOND }, (_, place) => products[place % 5]?.gtin ?? "");
  await scan(page, codes);
  for (const product of products) await expect(till.line(product.name).locator(".qty")).toHaveText("6");
  await expect(till.lines).toHaveCount(5);
  await expect(till.total).toHaveText(euros(6 * products.reduce((sum, { price }) => sum + price, 0)));
  await expect(till.search).toHaveValue("");
});

test("a burst loses none either into the field of a payment, a manager's PIN, a quantity, a discount, or the count of the drawer", async ({ page, server }) => {
  const products = (await coded(new Api(server))).slice(0, 5);
  const till = await Till.open(page);
  const codes = Array.from({ length: CODES_IN_A_SECOND }, (_, place) => products[place % 5]?.gtin ?? "");
  const fields = [
    { open: () => press(page, "F8"), field: till.given },
    { open: () => askPrice(page), field: page.locator("#manager-pin") },
    { open: () => page.locator("#quantity").click(), field: page.locator("#how-many") },
    { open: () => press(page, "F4"), field: page.locator("#discount") },
    { open: () => askCount(page), field: page.locator("#count-0") },
  ];
  await till.ringUp(products[0]!.name);
  for (const [round, { open, field }] of fields.entries()) {
    await open();
    await expect(field).toBeFocused();
    await scan(page, codes);
    for (const [place, product] of products.entries()) {
      await expect(till.line(product.name).locator(".qty")).toHaveText(String(6 * (round + 1) + (place === 0 ? 1 : 0)));
    }
    await expect(field).toHaveCount(0);
    await expect(till.search).toHaveValue("");
  }
});

test("a burst loses none either into the search, where somebody has typed", async ({ page, server }) => {
  const products = (await coded(new Api(server))).slice(0, 5);
  const till = await Till.open(page);
  await till.search.focus();
  await type(page, "pomme");
  await scan(page, Array.from({ length: CODES_IN_A_SECOND }, (_, place) => products[place % 5]?.gtin ?? ""));
  for (const product of products) await expect(till.line(product.name).locator(".qty")).toHaveText("6");
  await expect(till.lines).toHaveCount(5);
  await expect(till.search).toHaveValue("");
});

test("a burst of what comes back loses none into the field of a refund", async ({ page, server }) => {
  const api = new Api(server);
  const [product] = await coded(api);
  const till = await Till.open(page);
  await till.search.fill(`${CODES_IN_A_SECOND} × `);
  await scan(page, [product.gtin]);
  await expect(till.line(product.name).locator(".qty")).toHaveText(String(CODES_IN_A_SECOND));
  await till.payByCard();
  await till.expectSaved();
  const [sold] = await api.receiptsOnceThere(1, 1);
  await scan(page, [code(sold!)]);
  await expect(page.locator("#back-0")).toBeFocused();
  await scan(page, Array.from({ length: CODES_IN_A_SECOND }, () => product.gtin));
  await expect(page.locator("#back-0")).toHaveValue(String(CODES_IN_A_SECOND));
});

test("labels of the store's scale, codes without Enter, and codes that nobody knows", async ({ page, server }) => {
  const api = new Api(server);
  const [apple, [product]] = [await api.product("Pomme Gala"), await coded(api)];
  const till = await Till.open(page);

  await test.step("a weight label", async () => {
    await scan(page, [label(apple.gtin ?? "", 840)]);
    await expect(till.line(apple.name)).toContainText("0,840 kg");
    await expect(till.line(apple.name)).toContainText(euros(Math.round(apple.price * 0.84)));
  });

  await test.step("a price label, and one whose price fits no number of pieces", async () => {
    const cheese = { ...product, sku: "COMTE-PORTION", name: "Comté à la portion", gtin: label("2101424", 0), price: 250 };
    await api.putProduct(cheese);
    await till.search.fill(cheese.name);
    await expect(till.tile(cheese.name)).toBeVisible();
    await till.search.fill("");
    await scan(page, [label(cheese.gtin, 500)]);
    await expect(till.line(cheese.name).locator(".qty")).toHaveText("2");
    await scan(page, [label(cheese.gtin, 333)]);
    await expect(till.slot).toContainText(cheese.name);
    await expect(till.line(cheese.name).locator(".qty")).toHaveText("2");
    await press(page, "Delete");
  });

  await test.step("a quantity that is typed before a scan", async () => {
    await till.search.fill("3 × ");
    await scan(page, [product.gtin]);
    await expect(till.line(product.name).locator(".qty")).toHaveText("3");
    await press(page, "Delete");
  });

  await test.step("a scanner that sends no Enter", async () => {
    await scan(page, [product.gtin], "nothing");
    await expect(till.line(product.name).locator(".qty")).toHaveText("1");
    await expect(till.search).toHaveValue("");
  });

  await test.step("unknown codes, from nowhere and in the search", async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (const code of ["4006381333931", "5000112637922"]) {
      await scan(page, [code]);
      await expect(till.slot).toContainText(`Code inconnu : ${code}`);
      await expect(till.search).toHaveValue("");
    }
    await expect(till.lines).toHaveCount(2);
  });

  await test.step("a scan after the receipt begins the next sale", async () => {
    await till.payByCard();
    await scan(page, [product.gtin]);
    await expect(till.line(product.name).locator(".qty")).toHaveText("1");
    await expect(till.lines).toHaveCount(1);
  });
});

test("packs with one label are rung up as often as is typed before it", async ({ page, server }) => {
  const api = new Api(server);
  const [apple, [product]] = [await api.product("Pomme Gala"), await coded(api)];
  const till = await Till.open(page);

  await test.step("by weight, each on a line of its own as if each were scanned", async () => {
    await till.search.fill("3 × ");
    await scan(page, [label(apple.gtin ?? "", 333)]);
    await expect(till.line(apple.name)).toHaveCount(3);
    await expect(till.total).toHaveText(euros(3 * Math.round(apple.price * 0.333)));
    await expect(till.search).toHaveValue("");
  });

  await test.step("by price", async () => {
    const cheese = { ...product, sku: "COMTE-PORTION", name: "Comté à la portion", gtin: label("2101424", 0), price: 250 };
    await api.putProduct(cheese);
    await till.search.fill(cheese.name);
    await expect(till.tile(cheese.name)).toBeVisible();
    await till.search.fill("3 × ");
    await scan(page, [label(cheese.gtin, 500)]);
    await expect(till.line(cheese.name).locator(".qty")).toHaveText("6");
  });

  await test.step("no part of a pack", async () => {
    await till.search.fill("1,5 × ");
    await scan(page, [label(apple.gtin ?? "", 333)]);
    await expect(till.slot.getByRole("button")).toBeVisible();
    await expect(till.lines).toHaveCount(4);
  });
});

test("what is scanned while a receipt is signed waits for the next sale, and none of it is lost", async ({ page, server }) => {
  const api = new Api(server);
  const [first, second, third] = await coded(api);
  const till = await Till.open(page);
  await scan(page, [first.gtin]);
  await expect(till.lines).toHaveCount(1);
  await page.evaluate(holdSigning);
  await press(page, "F9", "Enter");
  await expect(page.locator("#confirm")).toHaveAttribute("aria-busy", "true");
  await scan(page, [second.gtin, third.gtin, second.gtin]);
  await expect(page.locator("#confirm")).toHaveAttribute("aria-busy", "true");
  await page.evaluate(() => window.letSign());
  await expect(till.line(second.name).locator(".qty")).toHaveText("2");
  await expect(till.line(third.name).locator(".qty")).toHaveText("1");
  await expect(till.lines).toHaveCount(2);
  await expect(till.slot.getByRole("button"), "nothing was refused").toHaveCount(0);
  const receipts = await api.receiptsOnceThere(1, 1);
  expect(receipts.map(({ body }) => body.lines.map(({ name }) => name))).toEqual([[first.name]]);
});

test("while change is shown that is to be given, what was scanned waits until the cashier goes on", async ({ page, server }) => {
  const [first, second, third] = await coded(new Api(server));
  const till = await Till.open(page);
  await scan(page, [first.gtin]);
  await expect(till.lines).toHaveCount(1);
  await page.evaluate(holdSigning);
  await press(page, "F8");
  await till.given.fill("50");
  await press(page, "Enter");
  await expect(page.locator("#confirm")).toHaveAttribute("aria-busy", "true");
  await scan(page, [second.gtin]);
  await page.evaluate(() => window.letSign());
  await till.expectPaid();
  await expect(till.receipt).toContainText("Rendu");
  await scan(page, [third.gtin]);
  await expect(till.line(second.name)).toBeVisible();
  await expect(till.line(third.name)).toBeVisible();
  await expect(till.lines).toHaveCount(2);
});

test("what is scanned while a refund is signed waits until the money is given back, and none of it is lost", async ({ page, server }) => {
  const api = new Api(server);
  const [first, second] = await coded(api);
  const till = await Till.open(page);
  await scan(page, [first.gtin]);
  await till.payByCard();
  await till.expectSaved();
  const [sold] = await api.receiptsOnceThere(1, 1);
  await scan(page, [code(sold!)]);
  await page.getByRole("region", { name: "Rembourser" }).getByRole("button", { name: "Tout" }).click();
  await page.evaluate(holdSigning);
  await page.locator("#refund").click();
  await scan(page, [second.gtin, second.gtin]);
  await page.evaluate(() => window.letSign());
  await expect(page.getByRole("heading", { name: /^Remboursé/ })).toBeVisible();
  await till.nextSale(() => press(page, "Escape"));
  await expect(till.line(second.name).locator(".qty")).toHaveText("2");
  await expect(till.lines).toHaveCount(1);
  const [, refund] = await api.receiptsOnceThere(1, 2);
  expect(refund?.body.lines.map(({ name }) => name)).toEqual([first.name]);
});

test("what is scanned while a refund is asked for that does not go through is no part of it, and is rung up after it", async ({ page, problems, server }) => {
  // The browser logs what does not get through as an error.
  problems.allow(/ERR_FAILED/);
  const api = new Api(server);
  const [first] = await coded(api);
  const till = await Till.open(page);
  await scan(page, [first.gtin, first.gtin]);
  await till.payByCard();
  await till.expectSaved();
  const [sold] = await api.receiptsOnceThere(1, 1);
  let fail = () => {};
  const scanned = new Promise<void>((resolve) => (fail = resolve));
  await page.route("**/refunds/*", async (route) => {
    await scanned;
    await route.abort();
  });
  await scan(page, [code(sold!)]);
  const back = page.locator("#back-0");
  await back.fill("1");
  await page.locator("#refund").click();
  await expect(page.locator("#refund")).toHaveAttribute("aria-busy", "true");
  await scan(page, [first.gtin]);
  fail();
  await expect(page.getByRole("region", { name: "Rembourser" }).getByRole("alert")).toContainText("se réserve auprès du serveur");
  await expect(page.locator("#refund")).toHaveAttribute("aria-busy", "false");
  await expect(back).toHaveValue("1");
  await page.getByRole("button", { name: "Retour au ticket" }).click();
  await expect(till.line(first.name).locator(".qty")).toHaveText("1");
  await expect(till.lines).toHaveCount(1);
});

test("what is scanned at a locked till is no PIN, and is rung up once the seller is back", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const [first, second] = await coded(new Api(server));
  const till = await Till.open(page);
  await till.expectKept();
  await server.stop();
  await press(page, "Shift+F1");
  const [number, pin] = [page.locator("#number"), page.locator("#pin")];
  await expect(number).toBeFocused();
  await scan(page, [first.gtin, second.gtin]);
  await expect(number).toHaveValue("");
  await type(page, "1");
  await press(page, "Enter");
  await expect(pin).toBeFocused();
  // More than the wrong PINs that lock a number.
  await scan(page, Array.from({ length: 6 }, () => first.gtin));
  await expect(pin).toHaveValue("");
  await expect(till.fault).toHaveCount(0);
  await type(page, "1111");
  await press(page, "Enter");
  await expect(till.line(first.name).locator(".qty")).toHaveText("7");
  await expect(till.line(second.name).locator(".qty")).toHaveText("1");
  await expect(till.lines).toHaveCount(2);
});

test("what is scanned before a till is open leaves nothing in the sign-in", async ({ page, server }) => {
  const [first] = await coded(new Api(server));
  await page.goto("/till");
  const till = new Till(page);
  for (const field of ["#number", "#pin"]) {
    await page.locator(field).focus();
    await scan(page, [first.gtin, first.gtin]);
    await expect(page.locator(field)).toHaveValue("");
    await expect(page.locator(field)).toBeFocused();
  }
  await expect(till.fault).toHaveCount(0);
  await till.signIn(POST);
  await till.expectOpen();
  await scan(page, [first.gtin]);
  await expect(till.line(first.name).locator(".qty"), "it is heard once").toHaveText("1");
});

test("a weight that is typed stays while another product is scanned", async ({ page, server }) => {
  const api = new Api(server);
  const [apple, [other]] = [await api.product("Pomme Gala"), await coded(api)];
  const till = await Till.open(page);
  await till.search.fill(apple.name);
  await till.tile(apple.name).click();
  const weight = page.locator(".ticket input").first();
  await weight.fill("1,2");
  await scan(page, [other.gtin]);
  await expect(till.line(other.name)).toBeVisible();
  await expect(weight).toHaveValue("1,2");
  await weight.press("Enter");
  await expect(till.line(apple.name)).toContainText("1,200 kg");
});

test("what is scanned into a payment of which some is taken, or typed, is refused with the reason", async ({ page, server }) => {
  const [first, second] = await coded(new Api(server));
  const till = await Till.open(page);
  const refused = async () => {
    await scan(page, [second.gtin]);
    await expect(till.slot).toContainText("Rien n’a été ajouté");
    await till.slot.getByRole("button").click();
  };
  await scan(page, [first.gtin]);
  await press(page, "F8");
  await till.given.fill("0,05");
  await refused();
  await expect(till.given).toHaveValue("0,05");
  await till.given.focus();
  await press(page, "Enter");
  await expect(page.locator(".tenders li")).toHaveCount(1);
  await refused();
  await expect(page.locator(".tenders li")).toHaveCount(1);
  await press(page, "Escape", "Escape");
  await expect(till.lines).toHaveCount(1);
  await scan(page, [second.gtin]);
  await expect(till.lines).toHaveCount(2);
});

test("a scan leaves what is typed into a form, and the line that the form is about", async ({ page, server }) => {
  const [first, second, third] = await coded(new Api(server));
  const till = await Till.open(page);
  const pane = page.getByRole("region", { name: "Tiroir et session" });

  await test.step("counting the drawer", async () => {
    await press(page, "F1");
    await pane.getByRole("button", { name: "Ouvrir une session" }).click();
    await page.locator("#cash-amount").fill("100");
    await press(page, "Enter");
    await pane.getByRole("button", { name: "Compter et fermer" }).click();
    await page.locator("#count-0").fill("3");
    await scan(page, [first.gtin]);
    await expect(page.locator("#count-0")).toHaveValue("3");
    await press(page, "Escape");
    await expect(till.line(first.name)).toBeVisible();
  });

  await test.step("another price", async () => {
    await press(page, "F3");
    await page.locator("#price").fill("0,10");
    await scan(page, [second.gtin]);
    await expect(till.line(second.name)).toBeVisible();
    await expect(page.locator("#price")).toHaveValue("0,10");
    await page.locator("#manager").fill("9");
    await page.locator("#manager-pin").fill("9999");
    await press(page, "Enter");
    await expect(till.line(first.name)).toContainText("au lieu de");
    await expect(till.line(second.name)).not.toContainText("au lieu de");
  });

  await test.step("a discount", async () => {
    await press(page, "F4");
    await page.locator("#discount").fill("50");
    await scan(page, [third.gtin]);
    await expect(till.lines).toHaveCount(3);
    await expect(page.locator("#discount")).toHaveValue("50");
    await press(page, "Enter");
    await expect(till.line(first.name)).toContainText("50 %");
    await expect(till.line(third.name)).not.toContainText("50 %");
  });
});

/** The first products with a barcode of their own that are sold by the piece. */
async function coded(api: Api): Promise<[Coded, Coded, Coded, Coded, Coded]> {
  const found = (await api.products()).filter((product): product is Coded => product.unit === "piece" && /^3/.test(product.gtin ?? ""));
  const [a, b, c, d, e] = found;
  if (!a || !b || !c || !d || !e) throw new Error("the demo has no five products with barcodes");
  return [a, b, c, d, e];
}

/** Asks for another price of the chosen line, and goes on to the PIN of whoever allows it. */
async function askPrice(page: Page): Promise<void> {
  await press(page, "F3");
  await expect(page.locator("#price")).toBeFocused();
  await press(page, "Tab", "Tab");
}

/** Opens a session of the drawer, and goes on to its count. */
async function askCount(page: Page): Promise<void> {
  const pane = page.getByRole("region", { name: "Tiroir et session" });
  await press(page, "F1");
  await pane.getByRole("button", { name: "Ouvrir une session" }).click();
  await page.locator("#cash-amount").fill("100");
  await press(page, "Enter");
  await pane.getByRole("button", { name: "Compter et fermer" }).click();
}

declare global {
  interface Window {
    /** Lets signatures be made that are held back. */
    letSign(): void;
  }
}

/** Runs in the page: it signs nothing until it is let. */
function holdSigning(): void {
  const { sign } = SubtleCrypto.prototype;
  const allowed = new Promise<void>((resolve) => (window.letSign = resolve));
  SubtleCrypto.prototype.sign = async function (...args) {
    await allowed;
    return sign.apply(this, args);
  };
}
