/** The journals of a store, as the server has them. */

import { expect } from "@playwright/test";
import type { Api } from "./api.ts";

export interface Entry {
  at: string;
  by: number;
  entry: { act: string } & Record<string, unknown>;
  id: string;
  kind: "journal";
  manager?: number;
  number: number;
  prev: string;
  register: number;
  series: string;
  simulated: boolean;
  store: number;
}

interface Sealed {
  body: Entry;
  hash: string;
  signature: string;
}

/** The entries of the journals of a store's tills, the oldest saved first. */
export async function journal(api: Api, store = 1): Promise<Sealed[]> {
  const { items } = await api.get<{ items: Sealed[] }>(`journal?store=${store}&limit=500`);
  return items.filter(({ body }) => body.register > 0).reverse();
}

/** Waits until a store's journal tells of these acts, in this order, behind the one that every journal begins with. */
export async function expectActs(api: Api, acts: string[], store = 1): Promise<Entry[]> {
  const found = async () => (await journal(api, store)).map(({ body }) => body.entry.act);
  await expect.poll(found, { timeout: 60_000 }).toEqual(["key_created", ...acts]);
  return (await journal(api, store)).slice(1).map(({ body }) => body);
}
