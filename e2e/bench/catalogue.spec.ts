import { expect, type Page } from "@playwright/test";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";
import { articles, importInto, type Article } from "../support/large-catalogue.ts";

/** As many as the budget speaks of. */
const PRODUCTS = 100_000;

/** How often each thing is measured. */
const REPEATS = 100;

test("the till with 100,000 products", async ({ page, server }) => {
  const products = articles(PRODUCTS);
  await importInto(server, products);
  await watchLongTasks(page);
  const till = await Till.open(page);
  await expect(till.tiles.first()).toBeVisible({ timeout: 120_000 });
  await till.expectKept();
  print("first opening, everything fetched", [await usable(page)]);

  const warm: number[] = [];
  for (let repeat = 0; repeat < 5; repeat++) {
    await page.reload();
    warm.push(await usable(page));
  }
  print("usable from a warm cache", warm);
  await page.waitForTimeout(3000);
  print("longest blocks of the main thread meanwhile", await longTasks(page));

  print("key → search painted", await searches(page, sample(products, 20).map(({ name }) => name)));
  print("scan → line painted", await scans(page, sample(products, REPEATS).map(({ gtin }) => gtin)));
  print("blocks of the main thread over 50 ms while selling", await longTasks(page));
});

/** Every so many-th of a list. */
function sample(products: Article[], count: number): Article[] {
  return Array.from({ length: count }, (_, index) => products[(index * 7919) % products.length]!);
}

/** The time from the navigation to tiles on the screen, in milliseconds. */
async function usable(page: Page): Promise<number> {
  await page.locator("#tiles button.tile").first().waitFor({ timeout: 120_000 });
  return page.evaluate(() => (window as unknown as Watched).firstTile);
}

interface Watched {
  firstTile: number;
  blocks: number[];
}

async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched = window as unknown as Watched;
    watched.blocks = [];
    new PerformanceObserver((list) => watched.blocks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask", buffered: true });
    const look = () => {
      if (document.querySelector("#tiles button.tile")) watched.firstTile = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** The blocks of the main thread since the last question, in milliseconds. */
async function longTasks(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as unknown as Watched).blocks.splice(0));
}

/** Types names letter by letter; the time from each key to the next frame's end, in milliseconds. */
async function searches(page: Page, names: string[]): Promise<number[]> {
  return page.evaluate(async (names) => {
    const field = document.querySelector<HTMLInputElement>("#search")!;
    const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(0);
    }));
    const times: number[] = [];
    for (const name of names) {
      for (let length = 1; length <= 10; length++) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        await painted();
        const before = document.querySelector("#tiles")!.textContent;
        const start = performance.now();
        field.value = name.slice(0, length);
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        await painted();
        times.push(performance.now() - start);
        if (length === 10 && document.querySelector("#tiles")!.textContent === before && !before?.includes(name.slice(0, 5))) throw new Error(`nothing was found for ${name}`);
      }
      field.value = "";
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    return times;
  }, names);
}

/** Scans codes; the time from the scanner's last key to the frame that shows the line, in milliseconds. */
async function scans(page: Page, codes: string[]): Promise<number[]> {
  return page.evaluate(async (codes) => {
    const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(0);
    }));
    const press = (key: string) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    (document.activeElement as HTMLElement | null)?.blur();
    const times: number[] = [];
    for (const code of codes) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      for (const key of code) press(key);
      const before = document.querySelector("#total")!.textContent;
      await painted();
      const start = performance.now();
      press("Enter");
      do await painted();
      while (document.querySelector("#total")!.textContent === before && performance.now() - start < 5000);
      times.push(performance.now() - start);
    }
    return times;
  }, codes);
}

function print(what: string, times: number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
  console.log(`${what}: n ${sorted.length}, median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`);
}
