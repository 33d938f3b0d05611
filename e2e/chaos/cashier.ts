/** Whoever sells at the till: rings up, takes the money, and starts over after whatever happens to the browser. */

import { expect, type Page } from "@playwright/test";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { OUTPUT } from "../support/environment.ts";
import { POST, Till } from "../support/till.ts";
import type { Browser } from "./browser.ts";
import type { Line } from "./line.ts";

/** The till's address. */
const TILL = "/till";

/** How long the till may take to ask who is there, in milliseconds, and how often a cashier tries to get in. */
const UNTIL_OPEN = 120_000;
const TRIES = 4;

/** Most products of a sale, and longest pause after it in milliseconds. */
const MOST_PRODUCTS = 3;
const LONGEST_PAUSE = 1200;

/** The page is to be loaded anew, in the middle of something. */
class Reload extends Error {}

export class Cashier {
  readonly #browser: Browser;
  readonly #line: Line;
  readonly #products: readonly string[];
  readonly #random: () => number;
  #isKept = false;
  #isToReload = false;
  #isToFinish = false;

  /** Chance, from 0 to below 1, decides what is sold and when. */
  constructor(browser: Browser, line: Line, products: readonly string[], random: () => number) {
    this.#browser = browser;
    this.#line = line;
    this.#products = products;
    this.#random = random;
  }

  /** Loads the page anew, wherever in a sale that is. */
  reload(): void {
    this.#isToReload = true;
  }

  /** Sells nothing more after the sale that is under way. */
  finish(): void {
    this.#isToFinish = true;
  }

  /** Sells until told to finish and everything is saved. */
  async work(): Promise<void> {
    for (let till = await this.#open(); !(await this.#sellAll(till)); ) till = await this.#open(till.page);
  }

  /** Whether it was told to finish, and has. */
  async #sellAll(till: Till): Promise<boolean> {
    try {
      while (!this.#isToFinish || (await isPaying(till))) await this.#sell(till);
      await expect(till.outbox).toHaveText(/Tout est enregistré|Session terminée/, { timeout: UNTIL_OPEN });
      await this.#signInAgain(till);
      await till.expectAllSaved();
      return true;
    } catch (error) {
      await this.#explain(error, till.page);
      return false;
    }
  }

  /** Opens the till anew in the page, where that is still there, or in a browser that was started again. */
  async #open(before?: Page): Promise<Till> {
    for (let page = before; ; ) {
      try {
        page = page && this.#browser.runs ? page : await this.#browser.start();
        this.#isToReload = false;
        await (page.url().endsWith(TILL) ? page.reload() : page.goto(TILL));
        const till = new Till(page);
        await this.#signIn(till);
        // Only from then on it starts where no server answers.
        if (!this.#isKept) await till.expectKept();
        this.#isKept = true;
        this.#line.tell({ said: "open" });
        return till;
      } catch (error) {
        await this.#explain(error, page);
      }
    }
  }

  /** Signs in where nobody is; a cashier whom a dying server has left outside tries again. */
  async #signIn(till: Till): Promise<void> {
    const form = till.page.locator("#pin");
    const counter = till.tiles.first();
    for (let tries = 1; ; tries++) {
      await expect(form.or(counter)).toBeVisible({ timeout: UNTIL_OPEN });
      if (await form.isVisible()) await till.signIn(POST);
      try {
        return await expect(counter).toBeVisible();
      } catch (error) {
        if (tries === TRIES || !this.#browser.runs) throw error;
      }
    }
  }

  /**
   * Signs in again where the till asks for it: a browser that was killed may have lost its session, and was opened while no
   * server could say so. Until then it sells on.
   */
  async #signInAgain(till: Till): Promise<void> {
    if (!(await till.outbox.innerText()).startsWith("Session terminée")) return;
    await till.page.keyboard.press("Shift+F1");
    await expect(till.page.locator("#pin")).toBeVisible();
    await this.#signIn(till);
  }

  async #sell(till: Till): Promise<void> {
    // What was taken before the page died is there again, and nobody signs in anew before it is a receipt.
    if (!(await isPaying(till))) await this.#ringUp(till);
    this.#line.tell({ said: "paying", total: await asked(till) });
    await till.page.getByRole("button", { name: /^Encaisser/ }).click();
    this.#reloadIfAsked();
    await till.expectPaid();
    this.#line.tell({ said: "paid", ...(await read(till)) });
    this.#reloadIfAsked();
    await this.#putAway(till);
    await delay(this.#upTo(LONGEST_PAUSE));
    this.#reloadIfAsked();
  }

  /** Rings up a few products, and begins to take the money. */
  async #ringUp(till: Till): Promise<void> {
    await this.#signInAgain(till);
    for (let left = 1 + this.#upTo(MOST_PRODUCTS); left > 0; left--) {
      await till.ringUp(this.#products[this.#upTo(this.#products.length)]!);
      this.#reloadIfAsked();
    }
    const tender = this.#upTo(2) === 0 ? /^Carte/ : /^Espèces/;
    await till.page.getByRole("button", { name: tender }).click();
    this.#reloadIfAsked();
  }

  /** Puts the receipt away: the second half of a double press on *take payment* is not taken for that. */
  async #putAway(till: Till): Promise<void> {
    for (let tries = 1; (await till.receipt.count()) > 0; tries++) {
      if (tries > 10 * TRIES) throw new Error("the receipt does not go away");
      await till.page.keyboard.press("Escape");
      await delay(100);
    }
  }

  #reloadIfAsked(): void {
    if (this.#isToReload) throw new Reload();
  }

  /** What fails because the browser was ended is no trouble; all else is. */
  async #explain(error: unknown, page: Page | undefined): Promise<void> {
    if (this.#browser.isClosed) throw error;
    if (error instanceof Reload || this.#browser.wasEnded) return;
    this.#line.tell({ said: "trouble", what: error instanceof Error ? error.message : String(error) });
    await page?.screenshot({ path: join(OUTPUT, "trouble.png") }).catch(() => {});
  }

  #upTo(bound: number): number {
    return Math.floor(this.#random() * bound);
  }
}

/** Whether money is being taken. */
async function isPaying(till: Till): Promise<boolean> {
  return till.page.locator(".payment").isVisible();
}

/** The total that the payment on the screen is of, in cents; it stands apart where a part was taken, or cash is rounded. */
async function asked(till: Till): Promise<number> {
  const due = till.page.locator(".payment .due");
  const total = (await due.locator("small").first().innerText()).trim();
  return cents(total || (await due.locator("strong").innerText()));
}

/** What the receipt on the screen says of itself. */
async function read(till: Till): Promise<{ series: string; number: number; total: number; seal: string }> {
  const name = await till.receipt.locator(".facts dd").first().innerText();
  const found = /^n° (\d+) · série ([A-Z]+)$/.exec(name);
  if (!found) throw new Error(`the receipt calls itself ${JSON.stringify(name)}`);
  const total = cents(await till.receipt.locator(".grand dd").innerText());
  const seal = await till.receipt.locator(".seal").innerText();
  return { series: found[2]!, number: Number(found[1]), total, seal };
}

/** An amount as the screen shows it. */
function cents(shown: string): number {
  return Number(shown.replace(/\D/g, ""));
}
