import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { expectActs } from "../support/journal.ts";
import { OwnKey } from "../support/own-key.ts";
import type { Server } from "../support/server.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

test("an export is verified by the browser alone, also where no server answers", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const till = await Till.open(page);
  await till.expectKept();
  await expectActs(new Api(server), ["signed_in"]);
  const lines = await exported(server, 30);
  await server.stop();
  await page.goto("/verify");

  await test.step("what is whole is said to be", async () => {
    await choose(page, lines);
    await expect(page.getByRole("status").getByRole("heading")).toHaveText("Tickets : 30, entrées de journal : 2. Chaque chaîne est entière, chaque signature est de la clé de sa série.");
    await expect(page.getByRole("status")).toContainText("Le bureau du magasin a scellé cette archive.");
    await page.getByText("Clés et fins des séries").click();
    await expect(page.locator(".keys")).toContainText("magasin 1, caisse 2 · A");
    await expect(page.locator(".keys")).toContainText(`clé ${keyOf(lines, 2)}`);
    await expect(page.locator(".keys")).toContainText("dernier ticket, n° 30");
    await expectAccessible(page);
  });

  await test.step("only keys that are known may have signed it, where some are named", async () => {
    const known = page.getByRole("textbox", { name: "Clés que vous connaissez" });
    await known.fill(keysOf(lines).join("\n"));
    await choose(page, lines);
    await expect(page.getByRole("status").getByRole("heading")).toContainText("Tickets : 30");
    await expect(page.getByRole("status")).toContainText("Chaque clé est l’une de celles que vous connaissez.");
    await known.fill(keysOf(lines).filter((key) => key !== keyOf(lines, 2)).join(" "));
    await choose(page, lines);
    await expect(page.getByRole("status").getByRole("heading")).toContainText("magasin 1, caisse 2 · A · ticket n° 1 : la clé de sa série n’est aucune de celles que vous connaissez");
    await known.fill("baguette");
    await choose(page, lines);
    await expect(page.getByRole("status")).toContainText("« baguette » n’est pas une clé publique");
    await expectAccessible(page);
    await known.fill("");
  });

  await test.step("the first receipt that was altered is named", async () => {
    await choose(page, lines.map((line) => (numberOf(line) === 12 || numberOf(line) === 20 ? line.replace(/"total":\d+/, '"total":1') : line)));
    await expect(page.getByRole("status").getByRole("heading")).toContainText("magasin 1, caisse 2 · A · ticket n° 12 : son contenu a été modifié");
    await expect(page.getByRole("listitem")).toHaveCount(2);
    await expectAccessible(page);
  });

  await test.step("one that was removed, and one that changed places", async () => {
    await choose(page, lines.filter((line) => numberOf(line) !== 7));
    await expect(page.getByRole("status").getByRole("heading")).toContainText("ticket n° 7 : il manque");
    const third = lines.findIndex((line) => numberOf(line) === 3);
    await choose(page, [...lines.slice(0, third), lines[third + 1]!, lines[third]!, ...lines.slice(third + 2)]);
    await expect(page.getByRole("status").getByRole("heading")).toContainText("ticket n° 3 : il n’est pas à sa place");
  });

  await test.step("an entry of the journal that was altered, or removed", async () => {
    await choose(page, lines.map((line) => line.replace('"signed_in"', '"signed_out"')));
    await expect(page.getByRole("status").getByRole("heading")).toContainText("magasin 1, caisse 1 · A · entrée de journal n° 2 : son contenu a été modifié");
    await choose(page, lines.filter((line) => !line.includes('"signed_in"')));
    await expect(page.getByRole("status").getByRole("heading")).toContainText("entrée de journal n° 2 : le journal ne finit pas comme l’export le dit");
  });

  await test.step("a file that is no export, or broke off", async () => {
    await choose(page, ["no", "export"]);
    await expect(page.getByRole("status")).toContainText("n’est pas un export");
    await choose(page, lines.slice(0, -1));
    await expect(page.getByRole("status")).toContainText("sa dernière ligne manque");
  });
});

/** The lines of a store's export, with so many receipts in it. */
async function exported(server: Server, receipts: number): Promise<string[]> {
  const api = new Api(server);
  const bread = await api.product("Baguette tradition");
  const register = await OwnKey.enrol(api, 1, 2);
  for (let number = 1; number <= receipts; number++) await register.sell(bread);
  await api.expectComplete(1, [{ letter: "A", saved: [] }, { letter: "A", saved: [[1, receipts]] }]);
  return (await api.text("receipts/export?store=1")).trimEnd().split("\n");
}

async function choose(page: Page, lines: string[]): Promise<void> {
  const buffer = Buffer.from(`${lines.join("\n")}\n`);
  await page.locator("#export").setInputFiles({ name: "store-1.jsonl", mimeType: "application/jsonl", buffer });
}

/** A series as an export introduces it; other lines have neither. */
interface Introduced {
  series?: { register: number };
  public_key?: string;
}

/** The public key of a register's only series. */
function keyOf(lines: string[], register: number): string {
  const keys = lines.map((line) => JSON.parse(line) as Introduced);
  return keys.find((key) => key.series?.register === register)?.public_key ?? "";
}

/** The public keys of all series, the office's among them. */
function keysOf(lines: string[]): string[] {
  return lines.flatMap((line) => (JSON.parse(line) as Introduced).public_key ?? []);
}

/** The number of the receipt on a line, if it holds one. */
function numberOf(line: string): number | undefined {
  const { body } = JSON.parse(line) as { body?: { kind?: string; number: number } };
  return body?.kind ? undefined : body?.number;
}
