import { expect, test } from "../support/test.ts";

test("the API's description can be browsed under its own policy, and needs no internet", async ({ page, server }) => {
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(`${server.url}/`) && !request.url().startsWith("data:")) elsewhere.push(request.url());
  });
  const html = await page.goto("/api/docs");
  const policy = html?.headers()["content-security-policy"];
  expect(policy).toMatch(/default-src 'none'; script-src 'self';/);
  expect(policy).not.toContain("unsafe");
  await expect(page.getByRole("heading", { name: /^Comptoir/ })).toBeVisible();

  await test.step("the operations are there", async () => {
    for (const path of ["/api/v1/receipts", "/api/v1/stores/{store}/counts", "/api/v1/live"]) {
      await expect(page.locator(".opblock-summary-path").getByText(path, { exact: true }).first()).toBeVisible();
    }
  });

  await test.step("one says what it takes and what it answers", async () => {
    const post = page.locator(".opblock-post").filter({ has: page.getByText("/api/v1/receipts", { exact: true }) });
    await post.locator(".opblock-summary-control").click();
    await expect(post.getByText("Request body")).toBeVisible();
    await expect(post.getByText("application/problem+json").first()).toBeAttached();
  });

  expect(elsewhere, "requests to elsewhere").toEqual([]);
});
