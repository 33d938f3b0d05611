/** What the till has written down in its browser, read and changed behind its back. */

import type { Page } from "@playwright/test";

/** The texts of a store of the browser's database, by their keys. */
export async function records(page: Page, store: string): Promise<Map<string, string>> {
  return new Map(await page.evaluate(ask, { act: "read", store } as const));
}

/** Writes a text in the place of what is there. */
export async function write(page: Page, store: string, key: string, value: string): Promise<void> {
  await page.evaluate(ask, { act: "write", store, key, value } as const);
}

/** Forgets one record, or else all of a store. */
export async function forget(page: Page, store: string, key?: string): Promise<void> {
  await page.evaluate(ask, key === undefined ? ({ act: "clear", store } as const) : ({ act: "forget", store, key } as const));
}

type Request = { store: string } & ({ act: "read" | "clear" } | { act: "forget"; key: string } | { act: "write"; key: string; value: string });

/** Runs in the page. */
async function ask(asked: Request): Promise<[string, string][]> {
  const answered = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await answered(indexedDB.open("comptoir"));
  const transaction = database.transaction(asked.store, "readwrite");
  const store = transaction.objectStore(asked.store);
  const ended = new Promise((resolve) => (transaction.oncomplete = resolve));
  if (asked.act === "clear") store.clear();
  if (asked.act === "forget") store.delete(asked.key);
  if (asked.act === "write") store.put(asked.value, asked.key);
  const [keys, values] = await Promise.all([answered(store.getAllKeys()), answered(store.getAll())]);
  await ended;
  database.close();
  return keys.flatMap((key, place) => (typeof values[place] === "string" ? [[String(key), values[place]]] : []));
}
