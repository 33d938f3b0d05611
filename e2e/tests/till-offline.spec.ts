import { expect } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { forget } from "../support/database.ts";
import { waitUntilKept } from "../support/kept.ts";
import { Profile } from "../support/profile.ts";
import { test } from "../support/test.ts";
import { POST, Till } from "../support/till.ts";

test("a till that was opened once starts, signs in and sells with no server, and all of it arrives", async ({ launchOptions, problems, server }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const bread = await api.level(1, (await api.product("Baguette tradition")).sku);
  const profile = await Profile.create(launchOptions);
  try {
    await test.step("it is opened once with the server", async () => {
      const till = await Till.open(await profile.start(server.url, problems));
      await till.expectKept();
      // The stock is written down now and then.
      await waitUntilKept(till.page, "stock/1");
      await till.signOut();
    });

    await test.step("the server is gone, and the browser was started anew", async () => {
      await profile.kill();
      await server.stop();
      const page = await profile.start(server.url, problems);
      await page.goto("/till");
      const till = new Till(page);
      await till.signIn(POST);
      await till.expectOpen();
      await till.ringUp("Baguette tradition");
      await till.payByCard();
      await expect(till.progress).toHaveText("sur cette caisse");
      await till.nextSale(() => page.keyboard.press("Escape"));
      await till.ringUp("Croissant pur beurre");
      await till.payByCard();
      await expect(till.outbox).toContainText("2 en attente");

      // What the store had in stock is known here too, less what waits to be sent.
      await till.nextSale(() => page.keyboard.press("Escape"));
      await till.search.fill("Baguette tradition");
      await expect(till.tile("Baguette tradition").locator(".left")).toContainText(`${bread.on_hand / 1000 - 1} `);

      await server.startAgain();
      await till.expectAllSaved();
      const receipts = await api.receiptsOnceThere(1, 2);
      expect(receipts).toHaveLength(2);
      expectChain(receipts, await till.publicKey(1, 1));
    });
  } finally {
    await profile.dispose();
  }
});

test("a till that knows no store and reaches no server says so, in both languages, and tries again", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const till = await Till.open(page);
  await till.expectKept();
  await till.signOut();
  await forget(page, "kept", "stores");
  await server.stop();
  await page.reload();
  const said = page.getByRole("main").getByText("Le serveur ne répond pas");
  await expect(said).toBeVisible();
  await expectAccessible(page);
  await page.locator("summary.who").click();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("main").getByText("The server does not answer")).toBeVisible();
  await page.getByRole("button", { name: "Français" }).click();
  await page.locator("summary.who").click();
  await server.startAgain();
  await page.getByRole("button", { name: "Réessayer" }).click();
  await till.signIn(POST);
  await till.expectOpen();
});

test("without the server a wrong PIN is refused, five lock the number, and nobody gets in who never was there", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const till = await Till.open(page);
  await till.expectKept();
  await till.signOut();
  await server.stop();
  await page.reload();

  await test.step("somebody else", async () => {
    await till.signIn({ ...POST, seller: 2 });
    await expect(till.fault).toContainText("ne connaît pas encore ce vendeur");
  });

  await test.step("the right one with wrong PINs, then with the right one", async () => {
    for (let attempt = 1; attempt <= 4; attempt++) {
      await till.signIn(POST, "9999");
      await expect(till.fault).toContainText("Numéro ou code inconnu");
    }
    await till.signIn(POST, "9999");
    await expect(till.fault).toContainText("Trop d’essais sans le serveur");
    await till.signIn(POST);
    await expect(till.fault).toContainText("Trop d’essais sans le serveur");
  });

  await test.step("the server knows better", async () => {
    await server.startAgain();
    await till.signIn(POST);
    await till.expectOpen();
  });
});

test("whoever signed in without the server is signed in with it as soon as it answers", async ({ page, problems, server }) => {
  problems.allowNoServer();
  const api = new Api(server);
  const till = await Till.open(page);
  await till.expectKept();
  await till.signOut();
  await server.stop();
  await page.reload();
  await till.signIn(POST);
  await till.expectOpen();
  await server.startAgain();
  await expect(till.outbox).toHaveText("Tout est enregistré", { timeout: 60_000 });
  const bread = await api.product("Baguette tradition");
  await till.search.fill(bread.name);
  await api.putProduct({ ...bread, price: 145 });
  await expect(till.tile(bread.name)).toContainText("1,45 €");
});
