/** How a page is timed, from within: the same for the till and for a page that does nothing. */

import type { Page } from "@playwright/test";

/** What was measured, in milliseconds. */
export interface Times {
  /** From each navigation to the frame that shows products. */
  usable: number[];
  /** From each key of a search to the end of the frame that shows what it finds, for each navigation. */
  search: number[][];
  /** From each scan's last key to the end of the frame that shows its line, for each navigation. */
  scan: number[][];
  /** The longest block of the main thread after each navigation, of those over 50 ms; 0 where there was none. */
  block: number[];
  /** When each of those began, from its navigation. */
  blockedAt: number[];
}

/** Nothing measured yet. */
export function newTimes(): Times {
  return { usable: [], search: [], scan: [], block: [], blockedAt: [] };
}

/** Between two keys of a search, and between two scans, in milliseconds: what one of them sets off has ended. */
const TYPING = 30;
const SCANNING = 150;

/** How long a page is left alone once it is usable, in milliseconds, so that what it does by itself is over. */
const SETTLING = 3000;

/** How many letters of a name are typed. */
const LETTERS = 10;

interface Watched {
  firstTile: number | undefined;
  blocks: { startTime: number; duration: number }[];
  painted(): Promise<void>;
}

/** Lets every document that a page opens from here on say when it shows products, and what blocks it. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched = window as unknown as Watched;
    watched.blocks = [];
    new PerformanceObserver((list) => watched.blocks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })))).observe({ type: "longtask", buffered: true });
    // A message that is posted before a frame comes after it. To be asked for only where there is something to show: a
    // browser that has made a frame for nothing waits for a screen's next one, whatever comes in between.
    watched.painted = () => new Promise((resolve) => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(0);
    }));
    const look = () => {
      if (document.querySelector("#tiles button.tile")) watched.firstTile = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Opens a page once and measures it: how soon it is usable, searches, scans, and what blocked it all along. */
export async function measure(page: Page, url: string, names: string[], codes: string[], times: Times): Promise<void> {
  await page.goto(url);
  times.usable.push(await usable(page));
  await page.waitForTimeout(SETTLING);
  times.search.push(await searches(page, names));
  times.scan.push(await scans(page, codes));
  const blocks = await page.evaluate(() => (window as unknown as Watched).blocks);
  const longest = blocks.reduce((longest, block) => (block.duration > longest.duration ? block : longest), { startTime: 0, duration: 0 });
  times.block.push(longest.duration);
  times.blockedAt.push(longest.startTime);
}

/** The time from the navigation to products on the screen. */
async function usable(page: Page): Promise<number> {
  await page.locator("#tiles button.tile").first().waitFor({ timeout: 120_000 });
  const shown = await page.waitForFunction(() => (window as unknown as Watched).firstTile);
  return (await shown.jsonValue())!;
}

/** Types names letter by letter. */
async function searches(page: Page, names: string[]): Promise<number[]> {
  return page.evaluate(async ({ names, letters, pause }) => {
    const { painted } = window as unknown as Watched;
    const field = document.querySelector<HTMLInputElement>("#search")!;
    const tiles = document.querySelector("#tiles")!;
    const fill = (text: string) => {
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    const times: number[] = [];
    for (const name of names) {
      for (let length = 1; length <= letters; length++) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        const start = performance.now();
        fill(name.slice(0, length));
        await painted();
        times.push(performance.now() - start);
      }
      const found = [...tiles.querySelectorAll("button:not([hidden])")];
      if (!found.some(({ textContent }) => textContent.includes(name.slice(0, letters)))) throw new Error(`nothing was found for ${name}`);
      fill("");
    }
    return times;
  }, { names, letters: LETTERS, pause: TYPING });
}

/** Scans codes, by keys in a scanner's rhythm. */
async function scans(page: Page, codes: string[]): Promise<number[]> {
  return page.evaluate(async ({ codes, pause }) => {
    const { painted } = window as unknown as Watched;
    const press = (key: string) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    const changed = (element: Element) => new Promise<boolean>((resolve) => {
      const settle = (seen: boolean) => {
        observer.disconnect();
        resolve(seen);
      };
      const observer = new MutationObserver(() => settle(true));
      observer.observe(element, { characterData: true, childList: true, subtree: true });
      setTimeout(() => settle(false), 5000);
    });
    (document.activeElement as HTMLElement | null)?.blur();
    const times: number[] = [];
    for (const code of codes) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      for (const key of code) press(key);
      const rungUp = changed(document.querySelector("#total")!);
      const start = performance.now();
      press("Enter");
      if (!(await rungUp)) throw new Error(`${code} was not rung up`);
      await painted();
      times.push(performance.now() - start);
    }
    return times;
  }, { codes, pause: SCANNING });
}

/** Tells for people what was measured. */
export function print(what: string, { usable, search, scan, block, blockedAt }: Times): void {
  const blocks = block.map((duration, place) => `${duration.toFixed(0)} ms at ${blockedAt[place]?.toFixed(0)} ms`);
  console.log(`${what}: usable ${spread(usable)}; search painted ${spread(search.flat())}; scan painted ${spread(scan.flat())}; longest blocks ${blocks.join(", ")}`);
}

function spread(times: number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms of ${sorted.length}`;
}
