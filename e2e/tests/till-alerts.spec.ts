import { expect } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { press } from "../support/keyboard.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

test("alerts come to the till one above the other, and each goes once it is seen", async ({ page, server }) => {
  const api = new Api(server);
  const [bread, croissant] = [await api.product("Baguette tradition"), await api.product("Croissant pur beurre")];
  const par = (await api.level(1, bread.sku)).par / 1000;
  const till = await Till.open(page);
  const seen = till.slot.getByRole("button", { name: "Vu" });

  await test.step("the latest is on top", async () => {
    await api.move(1, "counts", { [bread.sku]: 1 });
    await expect(till.slot).toContainText(`${bread.name} : plus que 1 sur ${par}`);
    await api.move(1, "counts", { [croissant.sku]: 0 });
    await expect(till.slot).toContainText(`${croissant.name} : épuisé`);
    await expect(till.slot.locator(".badge")).toHaveText("+1");
    await expectAccessible(page);
  });

  await test.step("seen by pointer", async () => {
    await seen.click();
    await expect(till.slot).toContainText(`${bread.name} : plus que 1 sur ${par}`);
    await expect(till.slot).not.toContainText(croissant.name);
    await expect(till.slot.locator(".badge")).toHaveCount(0);
    await expectAccessible(page);
  });

  await test.step("seen by keyboard", async () => {
    await seen.focus();
    await press(page, "Enter");
    await expect(till.slot).toHaveText("");
  });

  await test.step("the shelf goes on to say so", async () => {
    await till.search.fill(bread.name);
    await expect(till.tile(bread.name)).toHaveClass(/low/);
  });
});
