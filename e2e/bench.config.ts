import { defineConfig } from "@playwright/test";
import scenarios from "./playwright.config.ts";

/** Measures the till for `cargo xtask bench --only till`. By hand: `cargo xtask build --release`, then here `npm run bench`. Judges nothing. */
export default defineConfig(scenarios, {
  testDir: "bench",
  workers: 1,
  timeout: 30 * 60 * 1000,
  use: {
    // Asked to make a frame as soon as there is something to show; a browser that waits for a screen does so on both pages.
    launchOptions: { ...scenarios.use?.launchOptions, args: ["--disable-frame-rate-limit", "--disable-gpu-vsync"] },
  },
});
