import { writeFile } from "node:fs/promises";
import { articles, importInto, type Article } from "../support/large-catalogue.ts";
import { Server } from "../support/server.ts";
import { expect, test } from "../support/test.ts";
import { Till } from "../support/till.ts";
import { measure, newTimes, print, watch } from "./timing.ts";

/** As many as the budget speaks of. */
const PRODUCTS = 100_000;

/** How often everything is measured. */
const REPEATS = Number(process.env["COMPTOIR_BENCH_REPEATS"] ?? 3);

/** How many names are typed each time, and how many products scanned, how many of them different: those stand on the ticket. */
const NAMES = 20;
const SCANS = 100;
const LINES = 20;

/** The site with a page that does next to nothing, where one was built. */
const EMPTY_SITE = process.env["COMPTOIR_BENCH_EMPTY"];

/** Where the figures go, as JSON. */
const FIGURES = process.env["COMPTOIR_BENCH_FIGURES"];

test("the till with 100,000 products, in turn with a page that does next to nothing", async ({ page, server }) => {
  const products = articles(PRODUCTS);
  const names = sample(products, NAMES).map(({ name }) => name);
  const codes = Array.from({ length: SCANS / LINES }, () => sample(products, LINES).map(({ gtin }) => gtin)).flat();
  const times = { till: newTimes(), empty: newTimes() };
  await importInto(server, products);
  await watch(page);
  await (await Till.open(page)).expectKept();
  const empty = EMPTY_SITE === undefined ? undefined : await Server.start([], EMPTY_SITE, true);
  try {
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      await measure(page, `${server.url}/till`, names, codes, times.till);
      await expect(page.locator(".shelf .count")).toHaveText(/^10\d{4} /);
      if (empty) await measure(page, `${empty.url}/till`, names, codes, times.empty);
    }
  } finally {
    await empty?.dispose();
  }
  print("till", times.till);
  if (empty) print("empty page", times.empty);
  if (FIGURES) await writeFile(FIGURES, JSON.stringify(times));
});

/** So many of the products, from all over. */
function sample(products: Article[], count: number): Article[] {
  return Array.from({ length: count }, (_, index) => products[(index * 7919) % products.length]!);
}
