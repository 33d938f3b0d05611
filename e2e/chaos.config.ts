import { defineConfig } from "@playwright/test";
import scenarios from "./playwright.config.ts";

/** The till of `cargo xtask chaos`, which starts it, tells it what to do, and ends it. */
export default defineConfig(scenarios, {
  testDir: "chaos",
  workers: 1,
  timeout: 0,
  globalTimeout: 0,
});
