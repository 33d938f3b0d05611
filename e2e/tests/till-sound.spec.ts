import { expect, type Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { press, scan } from "../support/keyboard.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

/** Notes of the tones. */
const ADDED = 1;
const REFUSED = 2;

test("what is rung up and what is not understood sound different, and can be muted for good", async ({ page, server }) => {
  const bread = await new Api(server).product("Baguette tradition");
  await page.addInitScript(listen);
  const till = await Till.open(page);
  const ringUp = async (pieces: string) => {
    await scan(page, [bread.gtin ?? ""]);
    await expect(till.line(bread.name).locator(".qty")).toHaveText(pieces);
  };
  const scanUnknown = async () => {
    await scan(page, ["4006381333931"]);
    await expect(till.slot).toContainText("Code inconnu");
  };

  await test.step("a scan", async () => {
    await ringUp("1");
    await expectNotes(page, ADDED);
  });

  await test.step("a code that nobody knows, lower", async () => {
    await scanUnknown();
    const pitches = await expectNotes(page, ADDED + REFUSED);
    expect(Math.max(...pitches.slice(ADDED))).toBeLessThan(pitches[0]!);
  });

  const mute = async (on: "true" | "false") => {
    await page.locator("summary.who").click();
    const sound = page.getByRole("switch", { name: "Son" });
    await sound.click();
    await expect(sound).toHaveAttribute("aria-checked", on);
    await page.locator("summary.who").click();
  };

  await test.step("muted, also after a reload, it is silent", async () => {
    await mute("false");
    await ringUp("2");
    await page.reload();
    await till.expectOpen();
    await ringUp("3");
    await scanUnknown();
    await press(page, "Escape");
    await expectNotes(page, 0);
  });

  await test.step("and is heard again once that is wanted", async () => {
    await mute("true");
    await ringUp("4");
    await expectNotes(page, ADDED);
    await till.payByCard();
    await expect.poll(() => page.evaluate(() => window.pitches.length), { message: "paid sounds too" }).toBeGreaterThan(ADDED);
  });
});

/** Waits until so many notes were played since the page was loaded, and tells their pitches. */
async function expectNotes(page: Page, count: number): Promise<number[]> {
  await expect.poll(() => page.evaluate(() => window.pitches.length)).toBe(count);
  return page.evaluate(() => window.pitches);
}

/** Runs in the page: writes down what is played. */
function listen(): void {
  window.pitches = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...args) {
    window.pitches.push(this.frequency.value);
    return start.apply(this, args);
  };
}

declare global {
  interface Window {
    /** The pitches of all notes, in hertz. */
    pitches: number[];
  }
}
