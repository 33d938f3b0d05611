import { expect } from "@playwright/test";
import config from "../playwright.config.ts";
import { expectAccessible } from "../support/accessibility.ts";
import { takePictures } from "../support/pictures.ts";
import { test } from "../support/test.ts";
import { POST, Till } from "../support/till.ts";

/** A name that leads to this machine, and of which the browser knows nothing that would make it trust it. */
const HOST = "caisse.example";

const launchOptions = config.use?.launchOptions;
test.use({ launchOptions: { ...launchOptions, args: [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`, "--no-proxy-server"] } });

test("over a line that is not secure the till sells nothing, and says how to mend that", async ({ page, problems, server }) => {
  // Chromium says that it ignores a header there.
  problems.allow(/Cross-Origin-Opener-Policy/);
  const till = new Till(page);
  await page.goto(`http://${HOST}:${new URL(server.url).port}/till`);
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  await till.signIn(POST);
  await expect(page.getByRole("heading", { name: "Connexion non sécurisée" })).toBeVisible();
  await expect(page.getByText("Ouvrez la caisse par l’adresse HTTPS du serveur")).toBeVisible();
  await expect(till.tiles).toHaveCount(0);
  await expectAccessible(page);
  await takePictures(page, "till-insecure");
});
