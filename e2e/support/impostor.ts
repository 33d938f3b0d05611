/** Something that answers in a server's place, at its address: a line that leads nowhere, or a network that is not open. */

import { createServer, type IncomingMessage, type Server as Listener, type ServerResponse } from "node:http";
import type { Server } from "./server.ts";

/** What it does with every request. */
export type Manner = "silence" | "page" | "redirect";

/** Where the page is that asks for a sign-in to the network. */
const PORTAL = "/portal";

export class Impostor {
  readonly #listener: Listener;
  #asked = 0;

  private constructor(manner: Manner) {
    this.#listener = createServer((request, response) => {
      this.#asked++;
      answer(manner, request, response);
    });
  }

  /** Takes the place of a server that was stopped. */
  static async inPlaceOf(server: Server, manner: Manner): Promise<Impostor> {
    const impostor = new Impostor(manner);
    const { hostname, port } = new URL(server.url);
    await new Promise<void>((resolve, reject) => impostor.#listener.once("error", reject).listen(Number(port), hostname, resolve));
    return impostor;
  }

  /** How many requests have come. */
  get asked(): number {
    return this.#asked;
  }

  /** Goes, and cuts what is open. */
  async leave(): Promise<void> {
    const gone = new Promise((resolve) => this.#listener.close(resolve));
    this.#listener.closeAllConnections();
    await gone;
  }
}

function answer(manner: Manner, request: IncomingMessage, response: ServerResponse): void {
  if (manner === "silence") return;
  if (manner === "redirect" && request.url !== PORTAL) {
    response.writeHead(302, { location: PORTAL }).end();
  } else {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<!doctype html><title>Wi-Fi</title><p>Bienvenue");
  }
}
