import { expect } from "@playwright/test";
import { letPass } from "../support/clock.ts";
import { test } from "../support/test.ts";
import { POST, Till } from "../support/till.ts";

const MINUTE = 60_000;

/** Longer than it takes until the till has looked whether it was touched. */
const LOOK = 6_000;

test("a till that is left alone locks itself, and what is on the counter stays", async ({ page }) => {
  const till = await Till.open(page);
  await till.ringUp("Baguette tradition");
  await page.waitForTimeout(LOOK);
  await letPass(page, 8 * MINUTE);
  await page.keyboard.press("ArrowDown");
  await page.waitForTimeout(LOOK);
  await letPass(page, 8 * MINUTE);
  await page.waitForTimeout(LOOK);
  await expect(till.total, "somebody touched it eight minutes ago").toBeVisible();
  await letPass(page, 3 * MINUTE);
  await expect(page.locator("#pin")).toBeVisible();
  await till.signIn({ ...POST, seller: 2 });
  await expect(till.lines).toHaveCount(1);
  await expect(page.locator(".bar")).toContainText("Karim B.");
});

test("a till that the bot sells on does not lock itself", async ({ page }) => {
  const till = await Till.open(page);
  await page.getByRole("switch", { name: "Auto" }).click();
  await page.waitForTimeout(LOOK);
  await letPass(page, 11 * MINUTE);
  await page.waitForTimeout(LOOK);
  await expect(till.search).toBeVisible();
});
