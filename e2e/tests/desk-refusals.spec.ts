import { expect } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { Desk } from "../support/desk.ts";
import { OwnKey } from "../support/own-key.ts";
import { test } from "../support/test.ts";

test("what the server refuses in a store's name is an alarm, though no number is missing", async ({ page, server }) => {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  const register = await OwnKey.enrol(api, 1, 2);
  await register.sell(bread);
  const line = page.waitForEvent("websocket");
  const desk = await Desk.open(page);
  // The count comes with each heartbeat; at the second one the desk has shown what the first one said.
  const socket = await line;
  for (const _ of [1, 2]) await socket.waitForEvent("framereceived", ({ payload }) => payload.includes('"heartbeat"'));
  await expect(desk.notices).not.toContainText("refuse");

  const last = register.keepBack(bread);
  await expect(register.post({ ...last, hash: "ab".repeat(32) })).rejects.toThrow("422");
  await expect(desk.notices).toContainText("Le serveur refuse des envois. 1 refus dernièrement", { timeout: 60_000 });
  await desk.notices.getByRole("link", { name: "Voir" }).click();
  await expect(desk.notices, "whoever looks need not be told").not.toContainText("refuse");
  const alarms = page.locator("section.card").filter({ hasText: "Envois refusés" }).locator("article");
  await expect(alarms).toHaveCount(1);
  await expect(alarms).toContainText("1 refus");
  await expect(alarms).toContainText(/Lyon Part-Dieu · il y a \d+\ss/);
  await expectAccessible(page);

  await expect(register.post({ ...last, hash: "cd".repeat(32) })).rejects.toThrow("422");
  await expect(alarms).toContainText("2 refus", { timeout: 60_000 });
  await desk.go("Direct");
  await expect(desk.notices).toContainText("2 refus dernièrement");
});
