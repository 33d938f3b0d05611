import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { putForward } from "../support/clock.ts";
import { Desk } from "../support/desk.ts";
import { test } from "../support/test.ts";

const MINUTE = 60_000;

test("alerts are sorted by urgency, and then by age", async ({ page, server }) => {
  const api = new Api(server);
  const [bread, croissant] = [await api.product("Baguette tradition"), await api.product("Croissant pur beurre")];
  const pars = [(await api.level(1, bread.sku)).par / 1000, (await api.level(1, croissant.sku)).par / 1000];
  const desk = await Desk.open(page);
  const names = desk.alerts.locator("header b");

  await test.step("one that is low", async () => {
    await api.move(1, "counts", { [bread.sku]: 1 });
    await expect(desk.alert(bread.name)).toHaveClass(/low/);
    await expect(desk.alert(bread.name)).toContainText(`1 / ${pars[0]}`);
  });

  await test.step("one that is out comes before it", async () => {
    await api.move(1, "counts", { [croissant.sku]: 0 });
    await expect(names).toHaveText([croissant.name, bread.name]);
    await expect(desk.alert(croissant.name)).toHaveClass(/out/);
    await expect(desk.alert(croissant.name)).toContainText(`0 / ${pars[1]}`);
    await expect(page.getByRole("complementary", { name: "Alertes" }).locator(".badge")).toHaveText("2");
  });

  await test.step("of two that are out, the older one", async () => {
    await api.move(1, "counts", { [bread.sku]: 0 });
    await expect(names).toHaveText([bread.name, croissant.name]);
  });

  await test.step("a count that finds enough clears one", async () => {
    await api.move(1, "counts", { [bread.sku]: 30 });
    await expect(names).toHaveText([croissant.name]);
  });
});

test("an alert says where it is, and since when", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  await api.level(2, bread.sku);
  const desk = await Desk.open(page);
  await api.move(2, "counts", { [bread.sku]: 1 });
  const since = desk.alert(bread.name).locator("footer span");
  await expect(since).toHaveText(/^Lille Flandres · depuis \d+\ss$/);
  await putForward(page, 5 * MINUTE);
  await expect(since).toHaveText("Lille Flandres · depuis 5 min");
});
