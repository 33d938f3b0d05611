/** The browser at the till's register: it runs, or it was killed and may not come back yet, or it is closed for good. */

import type { LaunchOptions, Page } from "@playwright/test";
import { Problems } from "../support/problems.ts";
import { Profile } from "../support/profile.ts";

/** Killed it is until it is started again. */
type State = "used" | "killed" | "closed";

export class Browser {
  readonly problems = new Problems();
  readonly #profile: Profile;
  readonly #url: string;
  #state: State = "used";
  #starting: Promise<unknown> = Promise.resolve();
  #mayRun: Promise<void> = Promise.resolve();
  #letRun = () => {};

  private constructor(profile: Profile, url: string) {
    this.#profile = profile;
    this.#url = url;
    this.problems.allowNoServer();
  }

  static async create(options: LaunchOptions, url: string): Promise<Browser> {
    return new Browser(await Profile.create(options), url);
  }

  /** Starts it as soon as it may run, and opens a page. */
  async start(): Promise<Page> {
    await this.#mayRun;
    if (this.#state === "closed") throw new Error("the browser is closed for good");
    this.#state = "used";
    const page = this.#profile.start(this.#url, this.problems);
    this.#starting = page.catch(() => {});
    return page;
  }

  get runs(): boolean {
    return this.#profile.runs && this.#state === "used";
  }

  /** Whether it was ended on purpose; whatever fails then fails for that. */
  get wasEnded(): boolean {
    return this.#state !== "used";
  }

  /** Whether it will not come back. */
  get isClosed(): boolean {
    return this.#state === "closed";
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.#state = "killed";
    this.#mayRun = new Promise((resolve) => (this.#letRun = resolve));
    await this.#end();
  }

  /** It may run again. */
  letRun(): void {
    this.#letRun();
  }

  async freeze(): Promise<void> {
    await this.#starting;
    if (this.runs) await this.#profile.freeze();
  }

  async thaw(): Promise<void> {
    if (this.runs) await this.#profile.thaw();
  }

  /** Ends it for good, and forgets all that it has kept. */
  async close(): Promise<void> {
    this.#state = "closed";
    this.#letRun();
    await this.#end();
    await this.#profile.dispose();
  }

  async #end(): Promise<void> {
    await this.#starting;
    if (this.#profile.runs) await this.#profile.kill();
  }
}
