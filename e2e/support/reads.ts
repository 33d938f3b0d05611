/** Counts what a page reads from its database. */

import type { Page } from "@playwright/test";

/** Begins to count, from the page's next load on; the answer tells how many records it has read so far. */
export async function countReads(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const counter = { records: 0 };
    Object.assign(window, { counter });
    const found = ({ result }: IDBRequest): number => (Array.isArray(result) ? result.length : Number(result !== undefined && result !== null));
    for (const { prototype } of [IDBObjectStore, IDBIndex]) {
      for (const name of ["get", "getAll", "getAllKeys", "getKey", "openCursor", "openKeyCursor"] as const) {
        const read = prototype[name] as (...given: unknown[]) => IDBRequest;
        const counted = function (this: unknown, ...given: unknown[]): IDBRequest {
          const request = read.apply(this, given);
          request.addEventListener("success", () => (counter.records += found(request)));
          return request;
        };
        Object.defineProperty(prototype, name, { value: counted });
      }
    }
  });
  return () => page.evaluate(() => (window as unknown as { counter: { records: number } }).counter.records);
}
