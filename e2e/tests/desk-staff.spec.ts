import { expect, type Locator } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Desk } from "../support/desk.ts";
import { takePictures } from "../support/pictures.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

const BREAD = "Baguette tradition";

/** Nora, once she is hired: the tenth number, since numbers follow on the highest. */
const NORA = { store: "Lyon Part-Dieu", register: 1, seller: 10 };

test("a manager hires somebody, gives them another PIN, and dismisses them; the till follows each time", async ({ browser, page, server, problems }) => {
  test.slow();
  problems.allow(/status of 401/);
  problems.allowNoServer();
  const desk = await Desk.open(await (await browser.newContext({ baseURL: server.url })).newPage());
  await desk.go("Magasins");
  const staff = desk.page.getByRole("region", { name: "Personnel" }).first();
  const nora = staff.getByRole("row").filter({ hasText: "Nora T." });
  const till = new Till(page);

  await test.step("hired", async () => {
    await staff.getByRole("button", { name: "Ajouter" }).click();
    await expect(staff.getByLabel("Nom sur les tickets")).toBeFocused();
    await staff.getByLabel("Nom sur les tickets").fill("Nora T.");
    await typePin(staff, "4821", "4822");
    await expectAccessible(desk.page);
    await takePictures(desk.page, "desk-staff");
    await staff.locator("form").getByRole("button", { name: "Ajouter" }).click();
    await expect(staff.getByRole("alert")).toContainText("Les deux codes diffèrent");
    await typePin(staff, "4821");
    await desk.page.keyboard.press("Enter");
    await expect(nora).toContainText("10");
    await expect(staff.getByRole("button", { name: "Ajouter" })).toBeFocused();
    await page.goto("/till");
    await till.signIn(NORA, "4821");
    await till.expectOpen();
    await till.expectKept();
    await till.ringUp(BREAD);
  });

  await test.step("another PIN: the till locks itself, and what is rung up stays", async () => {
    await nora.getByRole("button", { name: "Modifier" }).click();
    await typePin(staff, "1357");
    await staff.getByRole("button", { name: "Enregistrer" }).click();
    await expect(staff.locator("form")).toHaveCount(0);
    await expect(page.locator("#pin")).toBeVisible({ timeout: 30_000 });
    await till.signIn(NORA, "4821");
    await expect(till.fault).toContainText("Numéro ou code inconnu");
    await page.locator("#pin").fill("1357");
    await page.getByRole("button", { name: "Ouvrir la caisse" }).click();
    await expect(till.line(BREAD)).toBeVisible();
  });

  await test.step("dismissed: no sign-in any more, with the server or without", async () => {
    await nora.getByRole("button", { name: "Modifier" }).click();
    await staff.getByRole("button", { name: "Retirer du personnel" }).click();
    await expect(staff.getByRole("alert")).toContainText("son numéro n’est jamais redonné");
    await expectAccessible(desk.page);
    await staff.getByRole("button", { name: "Retirer du personnel" }).click();
    await expect(nora).toContainText("Parti");
    await expect(nora.getByRole("button")).toHaveCount(0);
    await expect(page.locator("#pin")).toBeVisible({ timeout: 30_000 });
    for (const away of [false, true]) {
      if (away) await server.stop();
      await till.signIn(NORA, "1357");
      await expect(till.fault).toContainText("Numéro ou code inconnu");
      await page.locator("#pin").fill("");
    }
  });
});

test("the last manager of a store stays, and keeps their session with another PIN; the journal says what was decided", async ({ page, problems }) => {
  problems.allow(/status of 409/);
  const desk = await Desk.open(page);
  await desk.go("Magasins");
  const staff = page.getByRole("region", { name: "Personnel" }).first();
  const row = (name: string) => staff.getByRole("row").filter({ hasText: name });
  await row("Hélène V.").getByRole("button", { name: "Modifier" }).click();
  await staff.getByRole("button", { name: "Retirer du personnel" }).click();
  await staff.getByRole("button", { name: "Retirer du personnel" }).click();
  await expect(staff.getByRole("alert")).toContainText("C’est le dernier responsable du magasin");
  await staff.getByLabel("Rôle").selectOption({ label: "Vendeur" });
  await staff.getByRole("button", { name: "Enregistrer" }).click();
  await expect(staff.getByRole("alert")).toContainText("donnez d’abord ce rôle à quelqu’un d’autre");
  await page.keyboard.press("Escape");
  await expect(staff.locator("form")).toHaveCount(0);

  await row("Ines M.").getByRole("button", { name: "Modifier" }).click();
  await staff.getByLabel("Rôle").selectOption({ label: "Responsable" });
  await staff.getByRole("button", { name: "Enregistrer" }).click();
  await expect(row("Ines M.")).toContainText("Responsable");

  await row("Hélène V.").getByRole("button", { name: "Modifier" }).click();
  await typePin(staff, "4821");
  await staff.getByRole("button", { name: "Enregistrer" }).click();
  await expect(staff.locator("form")).toHaveCount(0);
  await page.reload();
  await desk.expectLive();

  await test.step("what was decided stands in the journal of the office, and what was refused does not", async () => {
    await desk.go("Journal");
    const rows = page.locator("tbody tr");
    await expect(rows).toHaveCount(3);
    await expect(rows.filter({ hasText: "responsable" })).toContainText("Vendeur modifiévendeur 1, responsableBureau · A · 2Hélène V.");
    await expect(rows.filter({ hasText: "PIN" })).toContainText("vendeur 9, PINBureau · A · 3Hélène V.");
    await page.getByRole("combobox", { name: /^Caisse/ }).selectOption({ label: "Bureau" });
    await expect(rows).toHaveCount(3);
    await expectAccessible(page);
    await takePictures(page, "desk-journal");
    await desk.go("Intégrité");
    await expect(page.locator("tbody tr").filter({ hasText: "Bureau · A" })).toContainText("3");
  });
});

/** Types a PIN, and again. */
async function typePin(staff: Locator, pin: string, again = pin): Promise<void> {
  await staff.getByLabel("Code (4 à 12 chiffres)").fill(pin);
  await staff.getByLabel("Code, encore une fois").fill(again);
}
