/** The manager's desk as its manager sees it. */

import { expect, type Locator, type Page } from "@playwright/test";

/** The pages of the desk, by their tabs. */
export type Tab = "Direct" | "Stocks" | "Tickets" | "Journal" | "Intégrité" | "Magasins" | "Robots";

export class Desk {
  readonly page: Page;
  /** Whether the line to the server is up. */
  readonly link: Locator;
  /** The receipts that were just saved. */
  readonly feed: Locator;
  /** The open alerts. */
  readonly alerts: Locator;
  /** What is said above every page: a lost line, missing receipts, a new alarm. */
  readonly notices: Locator;

  constructor(page: Page) {
    this.page = page;
    this.link = page.locator(".bar .mark");
    this.feed = page.locator(".feed tbody tr");
    this.alerts = page.locator("article.alert");
    this.notices = page.locator(".notices");
  }

  /** Goes to the desk and signs in as the manager of the first store. */
  static async open(page: Page): Promise<Desk> {
    await page.goto("/manager");
    await page.locator("#number").fill("9");
    await page.locator("#pin").fill("9999");
    await page.getByRole("button", { name: /^Ouvrir le bureau/ }).click();
    const desk = new Desk(page);
    await desk.expectLive();
    return desk;
  }

  /** Waits until what is saved shows at once. */
  async expectLive(): Promise<void> {
    await expect(this.link).toHaveText("En direct", { timeout: 60_000 });
  }

  /** Opens a page by its tab. */
  async go(tab: Tab): Promise<void> {
    await this.page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: new RegExp(`^${tab}`) }).click();
  }

  /** A card of figures by its title. */
  figures(title: string): Locator {
    return this.page.locator(".kpi").filter({ has: this.page.getByRole("heading", { name: title }) });
  }

  /** A store's takings, and those of its registers. */
  store(name: string): Locator {
    return this.page.locator(".stores li.store").filter({ has: this.page.locator("header b", { hasText: name }) });
  }

  /** The open alert of a product. */
  alert(product: string): Locator {
    return this.alerts.filter({ has: this.page.locator("b", { hasText: product }) });
  }
}
