import { defineConfig } from "@playwright/test";
import scenarios from "./playwright.config.ts";

/** Measures the till with 100,000 products: `cargo xtask build --release`, then here `npm run bench`. Prints figures, judges none. */
export default defineConfig(scenarios, {
  testDir: "bench",
  workers: 1,
  timeout: 10 * 60 * 1000,
  use: { trace: "off" },
});
