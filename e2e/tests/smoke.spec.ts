import { expectAccessible, expectAccessibleAsIs } from "../support/accessibility.ts";
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
    await expect(page.locator(".spinner, [aria-busy=true]")).toHaveCount(0);
    await expect(page.locator("#boot-failed")).toBeHidden();
    // The front page stands in both languages at once.
    await (path === "/" ? expectAccessibleAsIs : expectAccessible)(page);
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
  await expectAccessibleAsIs(page);
});

/** What a page may load and do: all of it, so that nothing is let in beside. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

test("the till installs as an app: its manifest names it, where it starts and pictures that are there", async ({ page, request }) => {
  await page.goto("/till");
  const address = await page.locator('link[rel="manifest"]').evaluate((link) => (link as HTMLLinkElement).href);
  const answer = await request.get(address);
  expect(answer.headers()["content-type"]).toMatch(/^application\/(manifest\+json|json)/);
  const manifest = await answer.json();
  expect(manifest).toMatchObject({ id: "/till", name: "Comptoir", short_name: "Comptoir", start_url: "/till", scope: "/", display: "standalone" });
  expect((await request.get(manifest.start_url)).ok()).toBe(true);
  for (const { url } of manifest.shortcuts) expect((await request.get(url)).ok(), url).toBe(true);
  // Chromium installs by a vector picture of any size, or by one of 144 pixels and more.
  expect(manifest.icons).toEqual([expect.objectContaining({ sizes: "any", type: "image/svg+xml", purpose: expect.stringMatching(/\bany\b/) })]);
  for (const { src, type } of manifest.icons) {
    const icon = await request.get(src);
    expect(icon.ok(), src).toBe(true);
    expect(icon.headers()["content-type"], src).toContain(type);
    const size = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return image.naturalWidth;
    }, src);
    expect(size, "a browser can draw it").toBeGreaterThan(0);
  }
});

test("pages forbid inline code, and assets are compressed and kept", async ({ page, server }) => {
  const arrivals = Promise.all(
    [/\/assets\/.*\.css$/, /\/assets\/.*\.wasm$/].map((address) => page.waitForResponse((response) => address.test(response.url()))),
  );
  const html = await page.goto("/till");
  const policy = html?.headers()["content-security-policy"] ?? "";
  expect(policy.split("; ").toSorted()).toEqual(POLICY.toSorted());
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
