import { expect } from "@playwright/test";
import { putForward } from "../support/clock.ts";
import { test } from "../support/test.ts";
import { POST, Till } from "../support/till.ts";

const MINUTE = 60_000;

test("a till that is left alone locks itself, and what is on the counter stays", async ({ page }) => {
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await putForward(page, 8 * MINUTE);
  await page.keyboard.press("ArrowDown");
  await putForward(page, 8 * MINUTE);
  await page.waitForTimeout(6_000);
  await expect(till.total, "somebody touched it eight minutes ago").toBeVisible();
  await putForward(page, 3 * MINUTE);
  await expect(page.locator("#pin")).toBeVisible();
  await till.signIn({ ...POST, seller: 2 });
  await expect(till.lines).toHaveCount(1);
  await expect(page.locator(".bar")).toContainText("Karim B.");
});

test("a till that the bot sells on does not lock itself", async ({ page }) => {
  const till = await Till.open(page);
  await page.getByRole("switch", { name: "Auto" }).click();
  await putForward(page, 11 * MINUTE);
  await page.waitForTimeout(6_000);
  await expect(till.search).toBeVisible();
});
