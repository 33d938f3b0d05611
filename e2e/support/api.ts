/** The server's API, as the operator of the demo may use it. */

import { expect } from "@playwright/test";
import type { Server } from "./server.ts";

/** The token that a demo server on a loopback address takes. */
const TOKEN = "demo";

/** The most that one page of a list holds. */
const PAGE = "500";

export interface Product {
  sku: string;
  gtin?: string;
  name: string;
  category: string;
  price: number;
  tax: number;
  unit?: "piece" | "kilogram";
}

/** Quantities are thousandths. */
export interface Level {
  sku: string;
  on_hand: number;
  par: number;
  threshold: number;
}

export interface Line {
  sku: string;
  gtin?: string;
  /** The catalogue's price and who allowed another one; absent where it is that one. */
  list_price?: number;
  manager?: number;
  name: string;
  price: number;
  quantity: number;
  tax: number;
  total: number;
  unit: "piece" | "kilogram";
}

export interface Tender {
  amount: number;
  kind: "card" | "cash";
}

export interface Receipt {
  id: string;
  store: number;
  register: number;
  seller: number;
  series: string;
  number: number;
  issued_at: string;
  prev: string;
  /** Absent where there is none. */
  discounts?: { amount: number; line?: number; percent?: number }[];
  lines: Line[];
  tenders: Tender[];
  taxes: { gross: number; net: number; rate: number; tax: number }[];
  change: number;
  /** Absent where it refunds nothing. */
  refunds?: { lines: number[]; number: number; receipt: string; register: number; series: string };
  /** What rounding cash adds to what is paid; absent where nothing is rounded. */
  rounding?: number;
  total: number;
}

/** A receipt as it was signed. */
export interface Sealed {
  body: Receipt;
  hash: string;
  signature: string;
}

/** Which numbers of a series are saved, as closed ranges. */
export interface Completeness {
  letter: string;
  saved: [number, number][];
}

interface Page<T> {
  items: T[];
  next?: string;
}

export class Api {
  readonly #server: Pick<Server, "url">;

  constructor(server: Pick<Server, "url">) {
    this.#server = server;
  }

  /** The saved receipts of a store, the oldest first. */
  async receipts(store: number): Promise<Sealed[]> {
    const found: Sealed[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined; ) {
      const query = new URLSearchParams({ store: String(store), limit: PAGE, oldest_first: "true", ...(cursor && { cursor }) });
      const page: Page<Sealed> = await this.get(`receipts?${query}`);
      found.push(...page.items);
      cursor = page.next;
    }
    return found;
  }

  /** Waits until a store has that many saved receipts, and gives them, the oldest first. */
  async receiptsOnceThere(store: number, count: number): Promise<Sealed[]> {
    await expect.poll(async () => (await this.receipts(store)).length, { timeout: 60_000 }).toBeGreaterThanOrEqual(count);
    return this.receipts(store);
  }

  async products(): Promise<Product[]> {
    const { products } = await this.get<{ products: Product[] }>("catalogue");
    return products;
  }

  /** A product of the demo by its name. */
  async product(name: string): Promise<Product> {
    const product = (await this.products()).find((candidate) => candidate.name === name);
    if (!product) throw new Error(`the demo sells no ${name}`);
    return product;
  }

  /** Adds a product, or changes it: its price, say. */
  async putProduct(product: Product): Promise<void> {
    await this.#ask("PUT", `products/${product.sku}`, JSON.stringify(product));
  }

  /** Reserves pieces of a receipt's first line for a refund, as another till does before it issues that. */
  async reserve(receipt: string, refund: string, pieces: number): Promise<void> {
    const lines = [{ line: 1, quantity: pieces * 1000 }];
    await this.#ask("PUT", `receipts/${receipt}/refunds/${refund}`, JSON.stringify({ lines }));
  }

  async levels(store: number): Promise<Level[]> {
    const { levels } = await this.get<{ levels: Level[] }>(`stock?store=${store}`);
    return levels;
  }

  /** How much of a product a store has, once its shelf is filled: figures follow deliveries by a second or so. */
  async level(store: number, sku: string): Promise<Level> {
    const find = async () => (await this.levels(store)).find((candidate) => candidate.sku === sku);
    await expect.poll(find, { timeout: 60_000 }).toBeDefined();
    const level = await find();
    if (!level) throw new Error(`store ${store} has no ${sku}`);
    return level;
  }

  /** Waits until a store has so much of a product; figures follow receipts by a second or so. */
  async expectLevel(store: number, sku: string, onHand: number): Promise<void> {
    await expect.poll(async () => (await this.level(store, sku)).on_hand, { timeout: 60_000 }).toBe(onHand);
  }

  /** Goods arrive, or somebody has counted them: whole pieces or kilograms. */
  async move(store: number, kind: "deliveries" | "counts", items: Record<string, number>): Promise<void> {
    const entries = Object.entries(items).map(([sku, whole]) => ({ sku, quantity: whole * 1000 }));
    await this.post(`stores/${store}/${kind}`, { items: entries });
  }

  /** A consumer buys whole pieces or kilograms at a register without a till. */
  async buy(store: number, register: number, items: Record<string, number>): Promise<void> {
    const { id } = await this.post<{ id: string }>(`stores/${store}/registers/${register}/baskets`, {});
    for (const [sku, whole] of Object.entries(items)) await this.post(`baskets/${id}/lines`, { sku, quantity: whole * 1000 });
    await this.post(`baskets/${id}/checkout`, {});
  }

  /** Waits until exactly these numbers of a store's series are saved; figures follow receipts by a second or so. */
  async expectComplete(store: number, expected: Completeness[]): Promise<void> {
    const found = async () => {
      const stores = await this.get<{ series: Completeness[] }[]>(`completeness?store=${store}`);
      return stores.flatMap(({ series }) => series.map(({ letter, saved }) => ({ letter, saved })));
    };
    await expect.poll(found, { timeout: 60_000 }).toEqual(expected);
  }

  /** Takes a register from the till that holds it by a series. */
  async revoke(store: number, register: number, series: string): Promise<void> {
    await this.#send("DELETE", `stores/${store}/registers/${register}/series/${series}`);
  }

  async get<T>(path: string): Promise<T> {
    return this.#ask<T>("GET", path);
  }

  /** An answer as it stands. */
  async text(path: string): Promise<string> {
    return this.#send("GET", path);
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return this.#ask<T>("POST", path, JSON.stringify(body));
  }

  /** Changes a part of something. */
  async patch<T>(path: string, body: unknown): Promise<T> {
    return this.#ask<T>("PATCH", path, JSON.stringify(body));
  }

  async #ask<T>(method: string, path: string, body: string | null = null): Promise<T> {
    return JSON.parse(await this.#send(method, path, body)) as T;
  }

  async #send(method: string, path: string, body: string | null = null): Promise<string> {
    const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
    const response = await fetch(`${this.#server.url}/api/v1/${path}`, { method, headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text;
  }
}
