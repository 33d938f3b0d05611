import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { putForward } from "../support/clock.ts";
import { Desk } from "../support/desk.ts";
import { euros } from "../support/figures.ts";
import { OwnKey } from "../support/own-key.ts";
import { test } from "../support/test.ts";

const DAY = 86_400_000;

test("a desk that stays open begins the next day with no takings", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  const register = await OwnKey.enrol(api, 1, 1);
  const desk = await Desk.open(page);
  const amounts = [desk.figures("Chiffre du jour").locator("strong"), desk.store("Lyon Part-Dieu").locator("header .amount")];
  await register.sell(bread);
  for (const amount of amounts) await expect(amount).toHaveText(euros(bread.price));
  await putForward(page, DAY);
  for (const amount of amounts) await expect(amount).toHaveText(euros(0));
});
