/** The line between a page and its server, for cutting while the server goes on. */

import type { Page, WebSocketRoute } from "@playwright/test";

export class Line {
  readonly #open = new Set<WebSocketRoute>();
  #isCut = false;

  /** The line of a page that has not been opened yet. */
  static async of(page: Page): Promise<Line> {
    const line = new Line();
    await page.routeWebSocket(/\/live$/, (socket) => line.#carry(socket));
    return line;
  }

  /** Closes what is open, and lets nothing new be opened. */
  async cut(): Promise<void> {
    this.#isCut = true;
    await Promise.all([...this.#open].map((socket) => socket.close({ code: 4999 })));
    this.#open.clear();
  }

  /** Lets the page connect again. */
  mend(): void {
    this.#isCut = false;
  }

  #carry(socket: WebSocketRoute): void {
    if (this.#isCut) {
      void socket.close({ code: 4999 });
    } else {
      socket.connectToServer();
      this.#open.add(socket);
    }
  }
}
