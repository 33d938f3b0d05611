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
    this.#context = await chromium.launchPersistentContext(this.#folder, { ...this.#options, baseURL, locale: "fr-FR", timezoneId: "Europe/Paris" });
    problems.watch(this.#context);
    return this.#context.newPage();
  }

  /** Ends the browser at once, as a power cut would, and waits until it is gone. */
  async kill(): Promise<void> {
    const context = this.#context;
    if (!context) throw new Error("the browser does not run");
    const gone = new Promise((resolve) => context.once("close", resolve));
    process.kill(await this.#pid(), "SIGKILL");
    await gone;
    this.#context = undefined;
  }

  /** Ends the browser, if it runs, and removes the profile. */
  async dispose(): Promise<void> {
    await this.#context?.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }

  /** Chromium locks its profile by a link to `host-pid`. */
  async #pid(): Promise<number> {
    const pid = Number((await readlink(join(this.#folder, "SingletonLock"))).split("-").at(-1));
    if (!Number.isInteger(pid)) throw new Error("the profile's lock names no process");
    return pid;
  }
}
