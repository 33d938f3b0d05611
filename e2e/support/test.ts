/** The `test` of all scenarios: a server of its own for each, and a look at what went wrong unseen. */

import { test as base, expect } from "@playwright/test";
import { SITE } from "./environment.ts";
import { Problems } from "./problems.ts";
import { Server } from "./server.ts";

interface Fixtures {
  /** Further arguments of this scenario's server: `test.use({ serverArguments: ["--saver-rate", "5"] })`. */
  serverArguments: string[];
  /** The folder of the site that the server serves. */
  site: string;
  /** Whether the server has the demo's data; without, nobody can sign in. */
  demo: boolean;
  /** A server with fresh data; relative addresses in `page.goto` lead to it. */
  server: Server;
  /** What went wrong in the browser; a scenario fails by problems that it does not allow. */
  problems: Problems;
}

export const test = base.extend<Fixtures>({
  serverArguments: [[], { option: true }],

  site: [SITE, { option: true }],

  demo: [true, { option: true }],

  server: async ({ serverArguments, site, demo }, use, info) => {
    const server = await Server.start(serverArguments, site, demo);
    await use(server);
    await server.dispose();
    if (info.status !== info.expectedStatus) await info.attach("server.log", { body: server.log, contentType: "text/plain" });
  },

  baseURL: async ({ server }, use) => use(server.url),

  problems: [
    async ({ context }, use) => {
      const problems = new Problems();
      problems.watch(context);
      await use(problems);
      expect(problems.unexpected, "problems in the browser").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
