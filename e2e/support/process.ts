/** One run of a program: its output, its end. */

import { spawn, type ChildProcess } from "node:child_process";

/** Most characters of output that are kept, the latest ones. */
const KEPT_OUTPUT = 200_000;

/** How long a program may take to end by itself once asked to, in milliseconds. */
const GRACE = 30_000;

export class Process {
  /** Resolves once it has ended and all its output is here, or once it could not be started. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  #hasEnded = false;
  #output = "";

  constructor(program: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    this.#child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => this.#keep(text));
    }
    this.ended = this.#watch();
  }

  /** Whether it runs no more. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** The latest of what it has printed, to either stream. */
  get output(): string {
    return this.#output;
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended;
  }

  /** Asks it to end, waits until it has, and tells its exit code; one that does not end is killed, and that is an error. */
  async stop(): Promise<number | null> {
    this.#child.kill("SIGTERM");
    const patience = setTimeout(() => this.#child.kill("SIGKILL"), GRACE);
    await this.ended;
    clearTimeout(patience);
    if (this.#child.signalCode === "SIGKILL") throw new Error(`it did not stop when asked to:\n${this.#output}`);
    return this.#child.exitCode;
  }

  #keep(text: string): void {
    this.#output = (this.#output + text).slice(-KEPT_OUTPUT);
  }

  /** Follows it to its end, and takes it along should the tests end before. */
  async #watch(): Promise<void> {
    const takeAlong = () => this.#child.kill("SIGKILL");
    process.once("exit", takeAlong);
    await new Promise<void>((resolve) => {
      this.#child.once("close", () => resolve());
      this.#child.once("error", (error) => {
        this.#keep(`${error.message}\n`);
        resolve();
      });
    });
    process.off("exit", takeAlong);
    this.#hasEnded = true;
  }
}
