/** A browser with a profile on disk, that can lose its power. */

import { chromium, type BrowserContext, type LaunchOptions, type Page } from "@playwright/test";
import { mkdtemp, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Problems } from "./problems.ts";

export class Profile {
  readonly #folder: string;
  readonly #options: LaunchOptions;
  #context: BrowserContext | undefined;

  private constructor(folder: string, options: LaunchOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  /** An empty profile for a browser that is started like the scenario's own. */
  static async create(options: LaunchOptions): Promise<Profile> {
    return new Profile(await mkdtemp(join(tmpdir(), "comptoir-profile-")), options);
  }

  /** Starts the browser and opens a page. */
  async start(baseURL: string, problems: Problems): Promise<Page> {
    const context = await chromium.launchPersistentContext(this.#folder, { ...this.#options, baseURL, locale: "fr-FR", timezoneId: "Europe/Paris" });
    this.#context = context;
    context.once("close", () => (this.#context = undefined));
    problems.watch(context);
    return context.newPage();
  }

  /** Whether the browser runs; one that ended by itself does not. */
  get runs(): boolean {
    return this.#context !== undefined;
  }

  /** Ends the browser at once, as a power cut would, and waits until it is gone. */
  async kill(): Promise<void> {
    const context = this.#context;
    if (!context) throw new Error("the browser does not run");
    const gone = new Promise((resolve) => context.once("close", resolve));
    await this.#signal("SIGKILL");
    await gone;
  }

  /** Lets the browser with all its processes stand still. */
  async freeze(): Promise<void> {
    await this.#signal("SIGSTOP");
  }

  /** Lets it go on as if nothing had been. */
  async thaw(): Promise<void> {
    await this.#signal("SIGCONT");
  }

  /** Ends the browser, if it runs, and removes the profile. */
  async dispose(): Promise<void> {
    await this.#context?.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }

  /** Signals the whole group, which Playwright starts a browser in: a browser is many processes. */
  async #signal(name: "SIGKILL" | "SIGSTOP" | "SIGCONT"): Promise<void> {
    process.kill(-(await this.#pid()), name);
  }

  /** Chromium locks its profile by a link to `host-pid`. */
  async #pid(): Promise<number> {
    const pid = Number((await readlink(join(this.#folder, "SingletonLock"))).split("-").at(-1));
    if (!Number.isInteger(pid)) throw new Error("the profile's lock names no process");
    return pid;
  }
}
