import { expect, type Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { expectChain } from "../support/chain.ts";
import { euros } from "../support/figures.ts";
import { Impostor, type Manner } from "../support/impostor.ts";
import { press } from "../support/keyboard.ts";
import { allow } from "../support/permission.ts";
import { test } from "../support/test.ts";
import { POST, Till } from "../support/till.ts";

const BREAD = "Baguette tradition";

/** Longer than anybody at a till waits, in milliseconds: a request with this patience or more is never given up here. */
const LONG_MS = 10_000;

const MANNERS: { manner: Manner; what: string }[] = [
  { manner: "page", what: "a network's own sign-in page answers" },
  { manner: "redirect", what: "a network leads to its own sign-in page" },
  { manner: "silence", what: "requests are taken and never answered" },
];

for (const { manner, what } of MANNERS) {
  test(`where ${what}, the till starts, signs in and sells by what it keeps`, async ({ page, problems, server }) => {
    problems.allowNoServer();
    // The browser asks the foreign answer whether there is a later version, too.
    problems.allow(/unsupported MIME type|behind a redirect/);
    const till = await Till.open(page);
    await till.expectKept();
    await test.step("a manager is known there", async () => {
      await till.ringUp(BREAD);
      await allowPrice(till);
      await till.payByCard();
      await till.expectSaved();
      await till.nextSale(() => page.keyboard.press("Escape"));
    });
    await waitForEver(page);
    await server.stop();
    const impostor = await Impostor.inPlaceOf(server, manner);
    try {
      await test.step("a reload goes on, and the manager's PIN is recognised", async () => {
        await page.reload();
        await till.expectOpen();
        await till.ringUp(BREAD);
        await allowPrice(till);
        await pay(till);
      });
      await test.step("somebody signs in", async () => {
        await till.nextSale(() => page.keyboard.press("Escape"));
        await till.signOut();
        await till.signIn(POST);
        await till.expectOpen();
        await till.ringUp(BREAD);
        await pay(till);
      });
      await test.step("a wrong PIN is recognised as one", async () => {
        await till.nextSale(() => page.keyboard.press("Escape"));
        await till.signOut();
        await till.signIn(POST, "9999");
        await expect(till.fault).toContainText("Numéro ou code inconnu");
        await till.signIn(POST);
        await till.expectOpen();
      });
      expect(impostor.asked, "it was asked all the time").toBeGreaterThan(2);
    } finally {
      await impostor.leave();
    }
    await server.startAgain();
    await till.expectAllSaved();
    expectChain(await new Api(server).receiptsOnceThere(1, 3), await till.publicKey(1, 1));
  });
}

/** Gives what is rung up another price by a manager's PIN. */
async function allowPrice(till: Till): Promise<void> {
  await press(till.page, "F3");
  await allow(till.page, "9", "9999", "0,80");
  await expect(till.total).toHaveText(euros(80));
}

/** Pays, and sees that the receipt stays on the till. */
async function pay(till: Till): Promise<void> {
  await till.payByCard();
  await expect(till.progress).toHaveText("sur cette caisse");
}

/** From the next page on, requests with a long patience hang until somebody answers: whoever waits for one waits for ever. */
async function waitForEver(page: Page): Promise<void> {
  await page.addInitScript((long) => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (millis) => (millis < long ? timeout(millis) : new AbortController().signal);
  }, LONG_MS);
}
