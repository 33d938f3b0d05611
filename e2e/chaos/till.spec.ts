/** One till in a real browser, as `cargo xtask chaos` needs it: it sells, and what befalls it comes by orders. */

import { expect, test, type LaunchOptions } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Browser } from "./browser.ts";
import { Cashier } from "./cashier.ts";
import { Line, type Order } from "./line.ts";

test("a till sells until it is told to finish", async ({ launchOptions }) => {
  const line = await Line.open();
  let till: Promise<void> | undefined;
  let post: { browser: Browser; cashier: Cashier } | undefined;
  await line.obey(async (order) => {
    if (order.order === "sell") {
      post = await furnish(line, launchOptions, order);
      till = sell(line, post);
    } else if (post) {
      await carryOut(order.order, post);
    }
  });
  // Nobody is left to sell for.
  await post?.browser.close();
  await till;
  expect(post, "it was told to sell").toBeDefined();
});

/** Prepares browser and cashier; while nobody sells yet the server can be asked what there is. */
async function furnish(line: Line, options: LaunchOptions, { url, seed }: Extract<Order, { order: "sell" }>) {
  const products = await new Api({ url }).products();
  const names = products.filter(({ unit }) => unit !== "kilogram").map(({ name }) => name);
  // What two products are called a cashier has to choose by hand.
  const telling = names.filter((name) => names.indexOf(name) === names.lastIndexOf(name));
  const browser = await Browser.create(options, url);
  return { browser, cashier: new Cashier(browser, line, telling, chance(seed)) };
}

async function sell(line: Line, { browser, cashier }: { browser: Browser; cashier: Cashier }): Promise<void> {
  await cashier.work();
  for (const problem of browser.problems.unexpected) line.tell({ said: "trouble", what: `in the browser: ${problem}` });
  line.tell({ said: "drained" });
}

async function carryOut(order: Exclude<Order["order"], "sell">, { browser, cashier }: { browser: Browser; cashier: Cashier }): Promise<void> {
  switch (order) {
    case "kill":
      return browser.kill();
    case "start":
      return browser.letRun();
    case "freeze":
      return browser.freeze();
    case "thaw":
      return browser.thaw();
    case "reload":
      return cashier.reload();
    case "finish":
      return cashier.finish();
  }
}

/** Numbers from 0 to below 1 that a seed decides (the generator mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
