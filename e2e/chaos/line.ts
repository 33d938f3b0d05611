/** The line to the run that this till is a part of: orders come in and what happens at the till goes out, one JSON object a line. */

import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";

/** Where the run listens. */
const ADDRESS = "COMPTOIR_CHAOS";

/** What the run wants. */
export type Order =
  | { order: "sell"; url: string; seed: number }
  | { order: "kill" | "start" | "freeze" | "thaw" | "reload" | "finish" };

/** What happens at the till. */
export type Word =
  /** Somebody is signed in, and products can be sold. */
  | { said: "open" }
  /** The last button before *paid* is pressed, with this total on the screen, in cents. */
  | { said: "paying"; total: number }
  /** The screen says *paid*, and this stands on the receipt; the total is in cents. */
  | { said: "paid"; series: string; number: number; total: number; seal: string }
  /** Something is not as it should be. */
  | { said: "trouble"; what: string }
  /** Nothing waits to be sent any more. */
  | { said: "drained" };

export class Line {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async open(): Promise<Line> {
    const [host, port] = (process.env[ADDRESS] ?? "").split(":");
    if (!host || !port) throw new Error(`${ADDRESS} names no address: this till is started by cargo xtask chaos`);
    const socket = connect(Number(port), host);
    await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    return new Line(socket);
  }

  tell(word: Word): void {
    if (this.#socket.writable) this.#socket.write(`${JSON.stringify(word)}\n`);
  }

  /** Obeys one order after the other, until there is nobody left who could give any. */
  async obey(carryOut: (order: Order) => Promise<void>): Promise<void> {
    // A run that dies resets the line: an end like any other.
    this.#socket.on("error", () => {});
    for await (const line of createInterface(this.#socket)) await carryOut(JSON.parse(line) as Order);
  }

  close(): void {
    this.#socket.end();
  }
}
