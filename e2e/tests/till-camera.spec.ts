import { expect } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { holdUp, mountCamera } from "../support/camera.ts";
import { press } from "../support/keyboard.ts";
import { takePictures } from "../support/pictures.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

test("goods that are held before the camera are rung up once each, until it is put away", async ({ page, server }) => {
  const [first, second] = (await new Api(server).products()).filter((product) => product.gtin && product.unit === "piece");
  await mountCamera(page);
  const till = await Till.open(page);
  await page.getByRole("button", { name: "Scanner avec la caméra" }).click();
  const video = page.locator(".camera video");
  await expect(video).toBeVisible();
  await holdUp(page, first!.gtin!);
  await expect(till.line(first!.name).locator(".qty")).toHaveText("1");
  await holdUp(page, first!.gtin!, second!.gtin!);
  await expect(till.line(second!.name).locator(".qty")).toHaveText("1");
  await expect(till.line(first!.name).locator(".qty"), "it never left the picture").toHaveText("1");
  await expectAccessible(page);
  await takePictures(page, "till-camera");
  await page.evaluate(() => (window.looks = 0));
  await expect.poll(() => page.evaluate(() => window.looks), "it goes on looking").toBeGreaterThan(2);
  await press(page, "Escape");
  await expect(video).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => window.isWatching), "its light goes out").toBe(false);
  await till.payByCard();
  await till.nextSale(() => press(page, "Enter"));

  await press(page, "F1");
  await page.getByRole("button", { name: "Rembourser un ticket" }).click();
  await page.getByRole("button", { name: "Scanner avec la caméra" }).click();
  await expect(video, "a receipt's code can be shown to it").toBeVisible();
});

test("a camera that is not given says so, and a browser that reads no codes offers none", async ({ page }) => {
  await mountCamera(page);
  const till = await Till.open(page);
  await page.evaluate(() => (window.isForbidden = true));
  await page.getByRole("button", { name: "Scanner avec la caméra" }).click();
  await expect(page.locator(".camera [role=alert]")).toContainText("La caméra ne répond pas");
  await page.getByRole("button", { name: "Fermer la caméra" }).click();
  await till.ringUp("Baguette tradition");
  const plain = await page.context().newPage();
  await plain.goto("/till");
  await expect(plain.getByRole("button", { name: "Scanner avec la caméra" })).toHaveCount(0);
});
