import { expectAccessible } from "../support/accessibility.ts";
import { expectNoSidewaysScroll } from "../support/layout.ts";
import { takePictures } from "../support/pictures.ts";
import { expect, test } from "../support/test.ts";

const PAGES = [
  { path: "/", title: "Comptoir" },
  { path: "/till", title: /Caisse/ },
  { path: "/display", title: /^Affichage client/ },
  { path: "/manager", title: /Responsable/ },
  { path: "/setup", title: /Responsable/ },
  { path: "/verify", title: /Vérifier/ },
];

for (const { path, title } of PAGES) {
  test(`${path} loads and starts`, async ({ page }) => {
    await page.goto(path);
    await expect(page).toHaveTitle(title);
    await expect(page.getByRole("main")).toBeVisible();
    await expect(page.locator("#boot-failed")).toBeHidden();
    await expectAccessible(page);
    for (const width of [360, 1920, 2560]) {
      await page.setViewportSize({ width, height: 740 });
      await expectNoSidewaysScroll(page);
    }
    await takePictures(page, `smoke-${path.slice(1) || "front"}`);
  });
}

test("a page that cannot start says so", async ({ page, problems }) => {
  problems.allow(/ERR_FAILED|Failed to fetch/);
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("/till");
  await expect(page.getByRole("alert").filter({ hasText: "n’a pas pu démarrer" })).toBeVisible();
});

test("pages forbid inline code, and assets are compressed and kept", async ({ page, server }) => {
  const arrivals = Promise.all(
    [/\/assets\/.*\.css$/, /\/assets\/.*\.wasm$/].map((address) => page.waitForResponse((response) => address.test(response.url()))),
  );
  const html = await page.goto("/till");
  const policy = html?.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(policy).toContain("style-src 'self'");
  for (const asset of await arrivals) {
    expect(asset.headers()["content-encoding"], asset.url()).toMatch(/^(br|gzip)$/);
    expect(asset.headers()["cache-control"], asset.url()).toContain("immutable");
  }
  expect(server.log).not.toContain("panicked");
});

test("a server that was killed starts again at the same address", async ({ page, problems, server }) => {
  await page.goto("/");
  await server.kill();
  problems.allowNoServer();
  await expect(page.goto("/")).rejects.toThrow("ERR_CONNECTION_REFUSED");
  await server.startAgain();
  await page.goto("/");
  await expect(page).toHaveTitle("Comptoir");
  expect(await server.stop()).toBe(0);
});
