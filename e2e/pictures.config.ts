import { defineConfig } from "@playwright/test";
import scenarios from "./playwright.config.ts";

/** Takes the README's pictures anew, from a real till and a real desk: `cargo xtask build`, then here `npm run pictures`. */
export default defineConfig(scenarios, {
  testDir: "pictures",
  workers: 1,
  use: { viewport: { width: 1400, height: 900 }, colorScheme: "light" },
});
