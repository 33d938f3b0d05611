/** Records of the log that a broken disk has made unreadable. */

import { readFile, writeFile } from "node:fs/promises";
import type { Api } from "./api.ts";
import { eventId } from "./event-id.ts";
import type { Server } from "./server.ts";

/** More than a saver at one record a second takes until it is stopped. */
const RECORDS = 40;

/**
 * Lets deliveries of one piece be accepted, and damages them in the log; the server runs again then. Those that are saved
 * by then, the first few, have had their effect.
 */
export async function damageDeliveries(server: Server, api: Api, store: number, sku: string): Promise<void> {
  await server.stop();
  await server.startAgain(["--saver-rate", "1"]);
  const ids = Array.from({ length: RECORDS }, eventId);
  const items = [{ sku, quantity: 1000 }];
  await Promise.all(ids.map((id) => api.post(`stores/${store}/deliveries`, { id, items })));
  await server.stop();
  const bytes = await readFile(server.database);
  let damaged = 0;
  for (const id of ids) {
    const record = Buffer.from(`{"id":"${id}"`);
    for (let at = bytes.indexOf(record); at >= 0; at = bytes.indexOf(record, at + 1)) damaged += bytes.write("#", at);
  }
  if (damaged < RECORDS) throw new Error(`only ${damaged} of ${RECORDS} records are in the file`);
  await writeFile(server.database, bytes);
  await server.startAgain([]);
}
