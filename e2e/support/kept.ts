/** What a browser has written down of what the server said, for when it cannot be asked. */

import { expect, type Page } from "@playwright/test";

/** Waits until something is kept under a name, such as `stock/1`. */
export async function waitUntilKept(page: Page, name: string): Promise<void> {
  await expect.poll(() => page.evaluate(isKept, name), { timeout: 60_000 }).toBe(true);
}

/** Runs in the page. */
async function isKept(name: string): Promise<boolean> {
  const answered = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await answered(indexedDB.open("comptoir"));
  const kept = await answered(database.transaction("kept").objectStore("kept").get(name));
  database.close();
  return kept !== undefined;
}
