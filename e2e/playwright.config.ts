import { defineConfig } from "@playwright/test";
import { join } from "node:path";
import { CHROMIUM, OUTPUT } from "./support/environment.ts";

/** Chromium's own sandbox cannot be set up by root; the pages under test are ours alone. */
const IS_ROOT = process.getuid?.() === 0;

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The limits are there to end a run that hangs, not to measure: generous enough for a busy machine with two cores. */
export default defineConfig({
  testDir: "tests",
  outputDir: join(OUTPUT, "results"),
  reporter: [["list"]],
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env["CI"]),
  timeout: 2 * MINUTE,
  globalTimeout: 45 * MINUTE,
  expect: { timeout: 30 * SECOND },
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: CHROMIUM, chromiumSandbox: !IS_ROOT },
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: "reduce" },
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    actionTimeout: 30 * SECOND,
    navigationTimeout: MINUTE,
    screenshot: "only-on-failure",
    // A quarter more time for everything. By hand: `npx playwright test NAME --trace on`.
    trace: "off",
  },
});
