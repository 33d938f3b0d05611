import { expect } from "@playwright/test";
import { rm } from "node:fs/promises";
import { copyOfSite, release } from "../support/next-version.ts";
import { test as base } from "../support/test.ts";
import { Till } from "../support/till.ts";

const test = base.extend<{ site: string }>({
  site: async ({}, use) => {
    const site = await copyOfSite();
    await use(site);
    await rm(site, { recursive: true });
  },
});

test("a later version of the till is fetched beside the sale, and taken once the till was closed", async ({ context, page, site }) => {
  const version = () => page.locator("html").getAttribute("data-version");
  const till = await Till.open(page);
  await till.expectKept();
  await till.ringUp("Baguette tradition");

  await release(site, "next");
  await page.reload();
  await expect(till.lines).toHaveCount(1);
  const waits = () => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
  await expect.poll(waits, { message: "the next version is there, and waits", timeout: 60_000 }).toBe(true);
  await page.reload();
  await expect(till.lines, "a reload in the middle of a sale goes on with the version that began it").toHaveCount(1);
  expect(await version()).toBeNull();

  await page.close();
  await expect(async () => {
    const next = await context.newPage();
    await next.goto("/till");
    const found = await next.locator("html").getAttribute("data-version");
    if (found === null) await next.close();
    expect(found).toBe("next");
    await expect(new Till(next).lines).toHaveCount(1);
  }).toPass({ timeout: 90_000 });
});
