import { expect } from "@playwright/test";
import { join } from "node:path";
import { Api } from "../support/api.ts";
import { Bot } from "../support/bot.ts";
import { Desk } from "../support/desk.ts";
import { ROOT } from "../support/environment.ts";
import { label } from "../support/figures.ts";
import { scan } from "../support/keyboard.ts";
import { OwnKey } from "../support/own-key.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

const picture = (name: string) => ({ path: join(ROOT, "docs", `${name}.png`), animations: "disabled", caret: "hide" }) as const;

test("docs/till.png: six lines, and a product that runs low", async ({ page, server }) => {
  const api = new Api(server);
  const till = await Till.open(page);
  const [apple, cheese] = [await api.product("Pomme Gala"), await api.product("Comté 12 mois")];
  await till.ringUp("Baguette tradition");
  await page.getByRole("button", { name: "Un de plus" }).click();
  await scan(page, [label(cheese.gtin ?? "", 312)]);
  for (const name of ["Lait demi-écrémé 1 L", "Liquide vaisselle citron 750 ml"]) await till.ringUp(name);
  await scan(page, [label(apple.gtin ?? "", 840)]);
  await till.ringUp("Café moulu pur arabica 250 g");
  await expect(till.lines).toHaveCount(6);

  // A customer at the other register buys the last but a few.
  const other = await OwnKey.enrol(api, 1, 2);
  const juice = await api.product("Jus de pomme 1 L");
  const { par } = await api.level(1, juice.sku);
  await api.move(1, "counts", { [juice.sku]: Math.ceil(par / 10_000) });
  await other.sell(juice);
  await expect(till.slot).toContainText(juice.name);
  await till.search.fill("pom");
  await expect(till.tile(juice.name)).toHaveClass(/low/);
  await till.expectAllSaved();
  await page.screenshot(picture("till"));
});

test("docs/manager.png: while bots sell some fifty receipts a second", async ({ page, server }) => {
  test.setTimeout(300_000);
  const api = new Api(server);
  const desk = await Desk.open(page);
  await runLow(api);
  const bot = new Bot(server, ["--stores", "3", "--registers", "3", "--sellers", "4", "--rate", "50", "--for", "4m", "--seed", "42"]);
  try {
    const saved = async () => {
      const text = await desk.figures("Tickets enregistrés par seconde").locator("small").innerText();
      return Number(text.split("enregistré")[0]?.replace(/\s/g, ""));
    };
    await expect.poll(saved, { timeout: 240_000 }).toBeGreaterThan(3000);
    await expect(desk.alerts.nth(3)).toBeVisible();
    await page.screenshot(picture("manager"));
  } finally {
    await bot.kill();
  }
});

/** Counts find little of a few products. */
async function runLow(api: Api): Promise<void> {
  const found = { "Baguette tradition": [1, 0], "Jus de pomme 1 L": [2, 3], "Café moulu pur arabica 250 g": [3, 4], "Pomme Gala": [1, 2] } as const;
  for (const [name, [store, left]] of Object.entries(found)) {
    await api.move(store, "counts", { [(await api.product(name)).sku]: left });
  }
}
