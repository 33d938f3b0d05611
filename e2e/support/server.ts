/** A real server with data of its own, that can be killed and started again. */

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PROGRAM } from "./environment.ts";
import { Process } from "./process.ts";

/** How long a server may take until it is ready, in milliseconds. */
const READY_LIMIT = 90_000;

/** Between two looks at whether it is, in milliseconds. */
const READY_INTERVAL = 50;

/** How often another port is tried, should somebody take the free one before the server does. */
const PORT_TRIES = 5;

/** Our environment without what would configure the server: a scenario says all of that itself. */
const CLEAN_ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("COMPTOIR_")));

export class Server {
  readonly #port: number;
  readonly #data: string;
  readonly #site: string;
  readonly #demo: boolean;
  #args: readonly string[];
  #process: Process;
  #earlierOutput = "";

  private constructor(port: number, data: string, site: string, demo: boolean, args: readonly string[]) {
    this.#port = port;
    this.#data = data;
    this.#site = site;
    this.#demo = demo;
    this.#args = args;
    this.#process = this.#spawn();
  }

  /** Starts a server of a built site on a free port, with the demo's data or none, and further arguments, and waits until it is ready. */
  static async start(args: readonly string[], site: string, demo: boolean): Promise<Server> {
    for (let attempt = 1; ; attempt++) {
      const data = await mkdtemp(join(tmpdir(), "comptoir-e2e-"));
      const server = new Server(await freePort(), data, site, demo, args);
      try {
        await server.#ready();
        return server;
      } catch (error) {
        await server.dispose();
        if (attempt === PORT_TRIES || !/in use|taken/i.test(server.log)) throw error;
      }
    }
  }

  /** The address of the front page, without a slash at its end. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** What the server has printed, through all its runs. */
  get log(): string {
    return this.#earlierOutput + this.#process.output;
  }

  /** Ends it at once, as a power cut would; address and data stay. */
  async kill(): Promise<void> {
    await this.#process.kill();
  }

  /** Asks it to stop and waits until it has; address and data stay. Tells its exit code. */
  async stop(): Promise<number | null> {
    return this.#process.stop();
  }

  /** The file that holds everything while the server is stopped. */
  get database(): string {
    return join(this.#data, "comptoir.sqlite");
  }

  /** Loses all its data while it is stopped, as a restore of a backup from before the first sale would. */
  async forget(): Promise<void> {
    if (!this.#process.hasEnded) throw new Error("the server still runs: kill or stop it first");
    await rm(this.#data, { recursive: true });
    await mkdir(this.#data);
  }

  /** Starts it again at the same address, with the same data, and waits until it is ready. */
  async startAgain(args = this.#args): Promise<void> {
    if (!this.#process.hasEnded) throw new Error("the server still runs: kill or stop it first");
    this.#args = args;
    this.#earlierOutput = this.log;
    this.#process = this.#spawn();
    await this.#ready();
  }

  /** Ends it for good and removes its data. */
  async dispose(): Promise<void> {
    await this.#process.kill();
    await rm(this.#data, { recursive: true, force: true });
  }

  #spawn(): Process {
    const listen = `127.0.0.1:${this.#port}`;
    const usual = ["serve", "--listen", listen, "--data", this.#data, "--site", this.#site];
    return new Process(PROGRAM, [...usual, ...(this.#demo ? ["--demo"] : []), ...this.#args], CLEAN_ENVIRONMENT);
  }

  async #ready(): Promise<void> {
    const deadline = Date.now() + READY_LIMIT;
    while (!(await answers(`${this.url}/readyz`))) {
      if (this.#process.hasEnded) throw new Error(`the server ended before it was ready:\n${this.log}`);
      if (Date.now() > deadline) throw new Error(`the server is not ready after ${READY_LIMIT} ms:\n${this.log}`);
      await delay(READY_INTERVAL);
    }
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(READY_LIMIT) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
