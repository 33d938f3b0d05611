/** What goes wrong in the browser without anybody seeing it: errors on the console, exceptions, breaches of the policy. */

import type { BrowserContext } from "@playwright/test";

/** A page asks at its start who is signed in. Nobody is an answer like any other, and the browser logs it as an error. */
const NOBODY_SIGNED_IN = /status of 401 .*\/sessions\/current\)$/;

/** What Chromium says of requests and sockets while nobody listens, while whoever did dies, or has not yet come back. */
const NO_SERVER = /status of 503|ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|INCOMPLETE_CHUNKED_ENCODING)|^WebSocket (connection to|is already in)/;

export class Problems {
  readonly #found: string[] = [];
  readonly #allowed: RegExp[] = [NOBODY_SIGNED_IN];

  /** Watches every page of a context. Chromium reports breaches of the policy on the console. */
  watch(context: BrowserContext): void {
    context.on("console", (message) => {
      if (message.type() === "error") this.#found.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.#found.push(error.error().stack ?? String(error.error())));
  }

  /** Expects problems that match: a scenario that stops the server makes requests fail. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }

  /** Expects what comes of stopping the server. */
  allowNoServer(): void {
    this.allow(NO_SERVER);
  }

  /** Those that nobody expected. */
  get unexpected(): string[] {
    return this.#found.filter((problem) => !this.#allowed.some((pattern) => pattern.test(problem)));
  }
}
