import { expect } from "@playwright/test";
import { Desk } from "../support/desk.ts";
import { test } from "../support/test.ts";

test("records that name no store are an alarm until they are mended", async ({ page }) => {
  let records = 2;
  await page.routeWebSocket(/\/live$/, (socket) => {
    socket.connectToServer().onMessage((message) => socket.send(withUnplaced(message, records)));
  });
  const desk = await Desk.open(page);
  await expect(desk.notices).toContainText("Des enregistrements ne nomment aucun magasin. 2 sont illisibles");
  await desk.notices.getByRole("link", { name: "Voir" }).click();
  await expect(page).toHaveURL(/integrity|arrival|integrite/);
  await expect(desk.notices, "whoever looks need not be told").not.toContainText("aucun magasin");
  await desk.go("Direct");
  await expect(desk.notices).toContainText("aucun magasin");
  records = 0;
  await expect(desk.notices).not.toContainText("aucun magasin", { timeout: 30_000 });
});

/** What the server says, had it so many records that name no store: the embedded engine's log cannot hold one. */
function withUnplaced(message: string | Buffer, unplaced: number): string | Buffer {
  const frame = JSON.parse(message.toString()) as { type: string };
  return frame.type === "heartbeat" ? JSON.stringify({ ...frame, unplaced }) : message;
}
