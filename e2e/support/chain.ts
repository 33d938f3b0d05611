/** Checks receipts as a third party would: with nothing of Comptoir's code, by `docs/fiscal.md` alone. */

import { expect } from "@playwright/test";
import { createHash, createPublicKey, verify, type KeyObject } from "node:crypto";

/** What the first receipt of a register's first series names as its predecessor. */
export const GENESIS = "0".repeat(64);

/** A record of a chain as it was signed: a receipt, or an entry of a journal. */
interface Chained {
  body: { number: number; prev: string };
  hash: string;
  signature: string;
}

/** Expects the receipts of one series, or the entries of its journal, from number 1 on, to be numbered, chained, hashed and signed as they ought to be. */
export function expectChain(receipts: readonly Chained[], publicKey: string, before = GENESIS): void {
  const key = keyOf(publicKey);
  let prev = before;
  receipts.forEach(({ body, hash, signature }, place) => {
    expect(body.number, "numbers without gap").toBe(place + 1);
    expect(body.prev, `predecessor of number ${body.number}`).toBe(prev);
    expect(digest(body), `hash of number ${body.number}`).toBe(hash);
    const signed = verify(null, Buffer.from(hash, "hex"), key, Buffer.from(signature, "base64url"));
    expect(signed, `signature of number ${body.number}`).toBe(true);
    prev = hash;
  });
}

/** SHA-256 over the canonical form, in hexadecimal. */
export function digest(body: unknown): string {
  return createHash("sha256").update(canonical(body)).digest("hex");
}

/** RFC 8785 for what receipts hold: texts, integers, booleans, lists, objects. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(",")}}`;
}

/** An Ed25519 key from its 32 bytes in base64url (RFC 8037). */
function keyOf(publicKey: string): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" });
}
