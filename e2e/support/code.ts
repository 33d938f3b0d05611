/** The code on a receipt. */

import type { Sealed } from "./api.ts";

/** What the QR code of a receipt in euros says. */
export function code({ body, hash, signature }: Sealed): string {
  const { store, register, series, number, total, issued_at } = body;
  return `COMPTOIR1 ${store} ${register} ${series} ${number} ${total} EUR ${issued_at} ${hash} ${signature}`;
}
