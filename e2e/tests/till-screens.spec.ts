import { expect } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { expectNoSidewaysScroll } from "../support/layout.ts";
import { press } from "../support/keyboard.ts";
import { showPrinted } from "../support/paper.ts";
import { takePicture, takePictures } from "../support/pictures.ts";
import { test } from "../support/test.ts";
import { POST, Till } from "../support/till.ts";

const BASKET = ["Baguette tradition", "Croissant pur beurre", "Café moulu pur arabica 250 g"];

test("every screen of a sale can be used by everyone", async ({ page }) => {
  test.slow();
  const till = new Till(page);
  const review = async (name: string) => {
    await expectAccessible(page);
    await takePictures(page, `till-${name}`);
  };
  await page.goto("/till");
  await expect(page.locator("#number")).toBeVisible();
  await review("sign-in");
  await till.signIn(POST);
  await till.expectOpen();
  await review("empty");
  for (const name of BASKET) await till.ringUp(name);
  await review("selling");
  await till.search.fill("pom");
  await review("search");
  await till.search.fill("zzzz");
  await review("search-nothing");
  await till.search.fill("");
  await till.search.fill("Pomme Gala");
  await till.tile("Pomme Gala").click();
  await expect(page.locator("#weight")).toBeFocused();
  await review("weigh");
  await press(page, "Escape");
  for (const [keys, figure] of [["F4", "10"], ["Shift+F4", "5"]] as const) {
    await press(page, keys);
    await expect(page.locator("#discount")).toBeFocused();
    await page.locator("#discount").fill(figure);
    if (keys === "F4") await review("discount");
    await press(page, "Enter");
    await expect(page.locator("#discount")).toHaveCount(0);
  }
  await review("reduced");
  await press(page, "F8");
  await till.given.fill("5");
  await press(page, "Enter");
  await till.given.fill("50");
  await review("payment");
  await press(page, "Enter");
  await till.expectPaid();
  await till.expectSaved();
  await review("receipt");
  await showPrinted(page);
  await expect(till.receipt).toBeVisible();
  for (const hidden of [".bar", ".shelf", ".paid .actions", ".paid .done", ".dock"]) await expect(page.locator(hidden)).toBeHidden();
  await takePicture(page, "till-print");
  await page.emulateMedia({ media: null });
});

test("a wrong PIN is said, and the next try may be right", async ({ page, problems }) => {
  // The browser logs the answer "wrong PIN" (401) as an error.
  problems.allow(/401 \(Unauthorized\)/);
  await page.goto("/till");
  const till = new Till(page);
  await page.getByRole("article").filter({ hasText: POST.store }).getByRole("button", { name: "caisse 1" }).click();
  await page.locator("#number").fill("1");
  await expect(page.getByText("Ines M.")).toBeVisible();
  await page.locator("#pin").fill("1234");
  await page.getByRole("button", { name: "Ouvrir la caisse" }).click();
  await expect(page.getByRole("alert")).toContainText("Numéro ou code inconnu");
  await expectAccessible(page);
  await takePictures(page, "till-wrong-pin");
  await till.signIn(POST);
  await till.expectOpen();
});

for (const width of [360, 390]) {
  test(`a sale on a screen of ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    const till = new Till(page);
    await page.goto("/till");
    await expect(page.locator("#number")).toBeVisible();
    await expectNoSidewaysScroll(page);
    await till.signIn(POST);
    await till.expectOpen();
    await expectNoSidewaysScroll(page);

    const dock = page.locator(".dock");
    for (const name of BASKET) {
      await till.search.fill(name);
      await till.tile(name).click();
    }
    await expect(dock.getByRole("button", { name: /^Ticket/ })).toContainText("3");
    await dock.getByRole("button", { name: /^Ticket/ }).click();
    await expect(till.lines).toHaveCount(3);
    await page.getByRole("button", { name: "Un de plus" }).click();
    await expect(till.lines.last().locator(".qty")).toHaveText("2");
    await expectNoSidewaysScroll(page);

    await dock.getByRole("button", { name: /^Payer/ }).click();
    await expect(till.given).toBeVisible();
    await expectNoSidewaysScroll(page);
    await page.getByRole("button", { name: /^Encaisser/ }).click();
    await till.expectPaid();
    await expect(till.receipt).toBeVisible();
    await expectNoSidewaysScroll(page);
    await till.expectSaved();
    await till.nextSale(() => page.getByRole("button", { name: /^Vente suivante/ }).click());
    await expect(till.search).toBeVisible();
  });
}

for (const [width, height] of [[1920, 1080], [2560, 1440]] as const) {
  test(`a sale on a screen of ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const till = new Till(page);
    const look = async (name: string) => {
      await expectNoSidewaysScroll(page);
      await takePicture(page, `till-${name}-${width}`);
    };
    await page.goto("/till");
    await expect(page.locator("#number")).toBeVisible();
    await look("sign-in");
    await till.signIn(POST);
    await till.expectOpen();
    for (const name of BASKET) await till.ringUp(name);
    const scrolls = () => page.locator("#tiles").evaluate((list) => list.scrollHeight > list.clientHeight);
    await expect.poll(scrolls, { message: "they fill the screen, so that the others can be scrolled to" }).toBe(true);
    const further = async () => {
      await page.locator("#tiles").evaluate((list) => list.scrollTo(0, list.scrollHeight));
      return till.tiles.count();
    };
    await expect.poll(further, { message: "and scrolling brings them" }).toBeGreaterThan(60);
    await page.locator("#tiles").evaluate((list) => list.scrollTo(0, 0));
    await look("selling");
    await press(page, "F1");
    await expect(page.getByRole("region", { name: "Tiroir et session" })).toBeVisible();
    await look("register");
    await press(page, "Escape", "F8");
    await expect(till.given).toBeFocused();
    await look("payment");
    await press(page, "Enter");
    await till.expectPaid();
    await expect(till.receipt).toBeVisible();
    await look("receipt");
  });
}

test("light and dark are chosen in the menu, and remembered", async ({ page }) => {
  await Till.open(page);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const choose = (name: string) => page.getByRole("group", { name: "Thème" }).getByRole("button", { name }).click();
  const system = await background();
  await page.locator(".bar summary").click();
  await choose("Sombre");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect.poll(background).not.toBe(system);
  const dark = await background();
  await page.reload();
  await expect(page.getByRole("group", { name: "Rayons" })).toBeVisible();
  expect(await background(), "also after a reload").toBe(dark);
  await page.locator(".bar summary").click();
  await choose("Clair");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await expect.poll(background, "whoever chooses nothing has light colours here").toBe(system);
  await choose("Auto");
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`whoever asks for more contrast sees soft words and edges more clearly, in ${colorScheme} colours`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto("/till");
    await expect(page.locator("#number")).toBeVisible();
    const contrasts = () => page.evaluate(contrastsOnPage);
    const usual = await contrasts();
    await page.emulateMedia({ colorScheme, contrast: "more" });
    // AAA (WCAG 2.2, 1.4.6), for the edges too.
    for (const what of ["words", "edge"] as const) {
      await expect.poll(async () => (await contrasts())[what], { message: what }).toBeGreaterThan(Math.max(7, usual[what]));
    }
  });
}

test("the language changes without a reload, and the ticket stays", async ({ page }) => {
  const till = await Till.open(page);
  await till.ringUp("Café moulu pur arabica 250 g");
  await page.evaluate(() => Object.assign(window, { stillHere: true }));
  await page.locator(".bar summary").click();
  await takePictures(page, "till-menu");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(till.total).toHaveText("€4.03");
  await expect(page.getByRole("button", { name: /^Cash/ })).toBeVisible();
  await expect(till.outbox).toHaveText("Everything is saved");
  await expect(till.lines).toHaveCount(1);
  expect(await page.evaluate(() => "stillHere" in window)).toBe(true);

  await test.step("and it is remembered", async () => {
    await page.reload();
    await expect(page.getByRole("button", { name: /^Cash/ })).toBeVisible();
  });
});

/** Runs in the page: how soft words and the edge of a field stand out from the page's ground, from 1 to 21 (WCAG 2.2). */
function contrastsOnPage(): { words: number; edge: number } {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = luminance(getComputedStyle(document.body).backgroundColor);
  const contrast = (selector: string, property: "color" | "borderTopColor") => {
    const [low, high] = [ground, luminance(getComputedStyle(document.querySelector(selector)!)[property])].toSorted((a, b) => a - b);
    return (high! + 0.05) / (low! + 0.05);
  };
  return { words: contrast(".welcome > p", "color"), edge: contrast("#pin", "borderTopColor") };
}
