/** `comptoir bot`, started by a scenario. */

import { PROGRAM } from "./environment.ts";
import { Process } from "./process.ts";
import type { Server } from "./server.ts";

/** What it prints at its end. */
export interface BotReport {
  issued: number;
  saved: number;
  lost: number;
  duplicated: number;
  gaps: number;
  stock_errors: number;
  alerts_missed: number;
}

export class Bot {
  readonly #process: Process;

  constructor(server: Server, args: readonly string[]) {
    this.#process = new Process(PROGRAM, ["bot", "--server", server.url, "--json", ...args], process.env);
  }

  /** Waits until it has sold all it was asked for and has audited the server. */
  async report(): Promise<BotReport> {
    await this.#process.ended;
    const json = this.#process.output.split("\n").find((line) => line.startsWith("{"));
    if (!json) throw new Error(`the bot printed no report:\n${this.#process.output}`);
    return JSON.parse(json) as BotReport;
  }

  /** Ends it at once. */
  async kill(): Promise<void> {
    await this.#process.kill();
  }
}
