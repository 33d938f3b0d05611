import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Desk } from "../support/desk.ts";
import { OwnKey } from "../support/own-key.ts";
import { test } from "../support/test.ts";

/** Enough for the last to wait for several seconds at one record a second. */
const RECEIPTS = 8;

test("how long a receipt waited to be saved is shown", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  const register = await OwnKey.enrol(api, 1, 2);
  const desk = await Desk.open(page);
  const lag = desk.figures("Retard d’enregistrement");
  await expect(lag.locator("strong")).toHaveText("–");
  await expect(lag).toContainText("aucun ticket en ce moment · 0 en attente dans le journal");
  await register.sell(bread);
  await expect(lag.locator("strong")).toHaveText(/^\d+(,\d)?\sm?s$/);
  await expect(lag).toContainText(/au plus \d+(,\d)?\sm?s · 0 en attente dans le journal/);
});

test.describe("a saver that does not keep up", () => {
  test.use({ serverArguments: ["--saver-rate", "1"] });

  test("is seen by the lag, and by what waits", async ({ page, server }) => {
    const api = new Api(server);
    const bread = await api.product("Baguette tradition");
    const register = await OwnKey.enrol(api, 1, 2);
    const desk = await Desk.open(page);
    const lag = desk.figures("Retard d’enregistrement");
    const receipts = Array.from({ length: RECEIPTS }, () => register.keepBack(bread));
    await Promise.all(receipts.map((receipt) => register.post(receipt)));
    await expect(lag).toContainText(/ [1-9]\d* en attente dans le journal/);
    await expect(lag.locator("strong")).toHaveText(/^\d+,\d\ss$/, { timeout: 60_000 });
    await expect(lag).toHaveClass(/low|out/);
  });
});
