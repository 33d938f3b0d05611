/** The till as a cashier sees it. */

import { expect, type Locator, type Page } from "@playwright/test";

/** Where and as whom to sign in. */
export interface Post {
  store: string;
  register: number;
  seller: number;
}

/** The post that most scenarios use; another seller of the demo has the last digit of their number four times as PIN. */
export const POST: Post = { store: "Lyon Part-Dieu", register: 1, seller: 1 };

export class Till {
  readonly page: Page;
  /** The search over all products. */
  readonly search: Locator;
  /** The lines that are rung up. */
  readonly lines: Locator;
  /** The total of what is rung up. */
  readonly total: Locator;
  /** The products on the shelf. */
  readonly tiles: Locator;
  /** What is said above the tiles: messages, undo, alerts. */
  readonly slot: Locator;
  /** The bar's mark: whether everything is saved. */
  readonly outbox: Locator;
  /** The amount that is handed over. */
  readonly given: Locator;
  /** The receipt that was just issued. */
  readonly receipt: Locator;
  /** How far that receipt has got. */
  readonly progress: Locator;
  /** The sales on hold. */
  readonly held: Locator;
  /** Why nobody is let in. */
  readonly fault: Locator;

  constructor(page: Page) {
    this.page = page;
    this.search = page.locator("#search");
    this.lines = page.locator(".ticket .lines li");
    this.total = page.locator("#total");
    this.tiles = page.locator("#tiles button.tile:not([hidden])");
    this.slot = page.locator(".slot [role=status]");
    this.outbox = page.locator("#outbox");
    this.given = page.locator("#given");
    this.receipt = page.locator(".paid .receipt");
    this.progress = page.locator("#progress");
    this.held = page.locator(".ticket .held button");
    this.fault = page.locator(".person [role=alert]");
  }

  /** Goes to the till and signs in, by pointer. */
  static async open(page: Page, post: Post = POST): Promise<Till> {
    await page.goto("/till");
    const till = new Till(page);
    await till.signIn(post);
    await till.expectOpen();
    return till;
  }

  /** Goes to the till in a browser that has died: the session's cookie may not have reached the disk. */
  static async openAgain(page: Page, post: Post = POST): Promise<Till> {
    await page.goto("/till");
    const [till, form] = [new Till(page), page.locator("#pin")];
    await expect(form.or(till.tiles.first())).toBeVisible();
    if (await form.isVisible()) await till.signIn(post);
    await till.expectOpen();
    return till;
  }

  /** Fills in the sign-in page and presses *open*. */
  async signIn({ store, register, seller }: Post, pin = String(seller % 10).repeat(4)): Promise<void> {
    const place = this.page.getByRole("article").filter({ hasText: store });
    await place.getByRole("button", { name: `caisse ${register}` }).click();
    await this.page.locator("#number").fill(String(seller));
    await this.page.locator("#pin").fill(pin);
    await this.page.getByRole("button", { name: "Ouvrir la caisse" }).click();
  }

  /** Signs out, by pointer. */
  async signOut(): Promise<void> {
    await this.page.locator("summary.who").click();
    await this.page.getByRole("button", { name: "Se déconnecter" }).click();
    await expect(this.page.locator("#pin")).toBeVisible();
  }

  /** Waits until the browser keeps all that it takes to start without a network. */
  async expectKept(): Promise<void> {
    await expect(this.page.locator("[data-kept=whole]")).toBeAttached({ timeout: 60_000 });
  }

  /** Waits until products can be sold. */
  async expectOpen(): Promise<void> {
    await expect(this.tiles.first()).toBeVisible();
  }

  /** Rings up a product by pointer. */
  async ringUp(name: string): Promise<void> {
    await this.search.fill(name);
    await this.tile(name).click();
    await expect(this.line(name)).toBeVisible();
  }

  /** A product's tile. */
  tile(name: string): Locator {
    return this.tiles.filter({ has: this.page.locator("b", { hasText: exactly(name) }) });
  }

  /** A product's line on the ticket. */
  line(name: string): Locator {
    return this.lines.filter({ has: this.page.locator(".name", { hasText: exactly(name) }) });
  }

  /** Pays exactly, by card, and waits until it is paid. */
  async payByCard(): Promise<void> {
    await this.page.getByRole("button", { name: /^Carte/ }).click();
    await this.page.getByRole("button", { name: /^Encaisser/ }).click();
    await this.expectPaid();
  }

  /** Waits until the screen says *paid*. */
  async expectPaid(): Promise<void> {
    await expect(this.page.getByRole("heading", { name: /^Payé/ })).toBeVisible();
  }

  /** Presses until the next sale begins: the second half of a double press on *take payment* is not taken for that. */
  async nextSale(pressIt: () => Promise<void>): Promise<void> {
    await expect(async () => {
      await pressIt();
      await expect(this.receipt).toHaveCount(0, { timeout: 1000 });
    }).toPass();
  }

  /** Waits until the receipt that is shown is in the store for good, and so is everything else. */
  async expectSaved(): Promise<void> {
    await expect(this.progress).toHaveText("enregistré", { timeout: 60_000 });
    await this.expectAllSaved();
  }

  /** Waits until nothing is left to be sent. */
  async expectAllSaved(): Promise<void> {
    await expect(this.outbox).toHaveText("Tout est enregistré", { timeout: 60_000 });
  }

  /** The public key by which this browser signs for a register, in base64url. */
  async publicKey(store: number, register: number): Promise<string> {
    const bytes = await this.page.evaluate(exportKey, `${store}/${register}`);
    return Buffer.from(bytes).toString("base64url");
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`);
}

/** Runs in the page: the 32 bytes of the public half of a register's key. */
async function exportKey(register: string): Promise<number[]> {
  const answered = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await answered(indexedDB.open("comptoir"));
  const keys: CryptoKeyPair = await answered(database.transaction("keys").objectStore("keys").get(register));
  database.close();
  return [...new Uint8Array(await crypto.subtle.exportKey("raw", keys.publicKey))];
}
