/** Hands on a keyboard, and a barcode scanner that acts as one. */

import type { CDPSession, Page } from "@playwright/test";

/** Between two keys of somebody who types well, in milliseconds: no scanner is as slow. */
const TYPING = 90;

/** Between two keys of a USB scanner, in milliseconds: fast enough for 30 codes in a second. */
const SCANNING = 2.3;

/** Types a text as a person does. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: TYPING });
}

/** Presses keys one after the other, as a person does. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key, { delay: TYPING / 2 });
}

/**
 * Scans codes back to back, each ended by Enter unless `end` says otherwise.
 *
 * The keys are stamped with a scanner's rhythm, as the system stamps those of a real one when it takes them from the
 * wire: how late a busy machine hands them on makes no difference. It takes as long as a scanner would, so that none of them is
 * stamped with a time before that of the key before the scan.
 */
export async function scan(page: Page, codes: readonly string[], end: "Enter" | "nothing" = "Enter"): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const keys = codes.flatMap((code) => [...code, ...(end === "Enter" ? ["\r"] : [])]);
  await page.waitForTimeout(keys.length * SCANNING);
  const start = Date.now() - keys.length * SCANNING;
  // Sent without waiting in between; the browser takes them in their order.
  await Promise.all(keys.map((key, place) => strike(session, key, (start + place * SCANNING) / 1000)));
  await session.detach();
}

/** One key, down and up, at a time in seconds. */
async function strike(session: CDPSession, text: string, timestamp: number): Promise<void> {
  const isEnter = text === "\r";
  const key = isEnter ? "Enter" : text;
  const code = isEnter ? "Enter" : /\d/.test(text) ? `Digit${text}` : `Key${text.toUpperCase()}`;
  // Of a sign that is no letter or digit the number would be another key's: that of the full stop is *Delete*.
  const windowsVirtualKeyCode = isEnter ? 13 : /[a-z\d ]/i.test(text) ? text.toUpperCase().charCodeAt(0) : 0;
  const common = { key, code, windowsVirtualKeyCode, timestamp };
  const down = session.send("Input.dispatchKeyEvent", { type: "keyDown", ...common, text, unmodifiedText: text });
  await Promise.all([down, session.send("Input.dispatchKeyEvent", { type: "keyUp", ...common })]);
}
