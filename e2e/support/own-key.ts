/** A register that is held by a key of our own, to send what no till would. */

import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import type { Api, Product, Receipt, Sealed } from "./api.ts";
import { GENESIS, digest } from "./chain.ts";
import { eventId } from "./event-id.ts";

/** What a receipt says, as far as that is not what a till would say. */
type Told = Pick<Receipt, "number" | "prev"> & Partial<Receipt>;

export class OwnKey {
  readonly #api: Api;
  readonly #key: KeyObject;
  readonly #store: number;
  readonly #register: number;
  #next = { number: 1, prev: GENESIS };

  private constructor(api: Api, key: KeyObject, store: number, register: number) {
    this.#api = api;
    this.#key = key;
    this.#store = store;
    this.#register = register;
  }

  /** Claims a register that is free. */
  static async enrol(api: Api, store: number, register: number): Promise<OwnKey> {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const public_key = publicKey.export({ format: "jwk" }).x;
    await api.post(`stores/${store}/registers/${register}/series`, { public_key, holder: "e2e" });
    return new OwnKey(api, privateKey, store, register);
  }

  /** Sells one piece of a product as a till would; what is `told` differs from what it would say. */
  async sell(product: Product, told: Partial<Receipt> = {}): Promise<Sealed> {
    return this.post(this.keepBack(product, told));
  }

  /** Signs what comes next in the series, and does not send it. */
  keepBack(product: Product, told: Partial<Receipt> = {}): Sealed {
    const sealed = this.#seal(this.#receipt(product, { ...this.#next, ...told }));
    this.#next = { number: sealed.body.number + 1, prev: sealed.hash };
    return sealed;
  }

  /** Signs and sends a receipt for one piece of a product under any number and with any predecessor. */
  async send(product: Product, told: Told): Promise<Sealed> {
    return this.post(this.#seal(this.#receipt(product, told)));
  }

  /** Sends a receipt as it is. */
  async post(sealed: Sealed): Promise<Sealed> {
    const { items } = await this.#api.post<{ items: { outcome: string }[] }>("receipts", [sealed]);
    if (items[0]?.outcome !== "accepted") throw new Error(`the server does not take the receipt: ${JSON.stringify(items)}`);
    return sealed;
  }

  #seal(body: Receipt): Sealed {
    const hash = digest(body);
    return { body, hash, signature: sign(null, Buffer.from(hash, "hex"), this.#key).toString("base64url") };
  }

  #receipt({ sku, gtin, name, price, tax }: Product, told: Told): Receipt & Record<string, unknown> {
    const net = Math.round((price * 10_000) / (10_000 + tax));
    const now = wallTime();
    return {
      canon: 1,
      change: 0,
      currency: "EUR",
      id: eventId(),
      issued_at: now,
      lines: [{ ...(gtin && { gtin }), name, price, quantity: 1000, sku, tax, total: price, unit: "piece" }],
      opened_at: now,
      register: this.#register,
      seller: 1,
      series: "A",
      simulated: true,
      store: this.#store,
      taxes: [{ gross: price, net, rate: tax, tax: price - net }],
      tenders: [{ amount: price, kind: "card" }],
      total: price,
      ...told,
    };
  }
}

/** The moment on the wall of the demo's stores: the business day that a receipt counts in follows from it. */
function wallTime(): string {
  const now = new Date();
  const zoned = new Intl.DateTimeFormat("en", { timeZone: "Europe/Paris", timeZoneName: "longOffset" }).format(now);
  const offset = zoned.slice(-"+01:00".length);
  const wall = new Date(now.getTime() + Number(offset.slice(0, 3)) * 3_600_000);
  return wall.toISOString().replace("Z", offset);
}
