/** What goes wrong in the browser without anybody seeing it: errors on the console, exceptions, breaches of the policy. */

import type { BrowserContext } from "@playwright/test";

export class Problems {
  readonly #found: string[] = [];
  readonly #allowed: RegExp[] = [];

  /** Watches every page of a context, from its next navigation on. */
  async watch(context: BrowserContext): Promise<void> {
    context.on("console", (message) => {
      if (message.type() === "error") this.#found.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.#found.push(error.error().stack ?? String(error.error())));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy: ${event.violatedDirective} forbids ${event.blockedURI || "inline"} at ${event.sourceFile}`);
      });
    });
  }

  /** Expects problems that match: a scenario that stops the server makes requests fail. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }

  /** Those that nobody expected. */
  get unexpected(): string[] {
    return this.#found.filter((problem) => !this.#allowed.some((pattern) => pattern.test(problem)));
  }
}
