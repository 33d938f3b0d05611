import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { Desk } from "../support/desk.ts";
import { euros } from "../support/figures.ts";
import { OwnKey } from "../support/own-key.ts";
import { test } from "../support/test.ts";

test("a saved receipt shows in the feed, and counts in the takings of its store and register", async ({ page, server }) => {
  const api = new Api(server);
  const [bread, coffee] = [await api.product("Baguette tradition"), await api.product("Café moulu pur arabica 250 g")];
  const [first, second] = [await OwnKey.enrol(api, 1, 1), await OwnKey.enrol(api, 1, 2)];
  const desk = await Desk.open(page);
  const expectTakings = async (store: number, ofFirst: number, ofSecond: number) => {
    const place = desk.store("Lyon Part-Dieu");
    await expect(place.locator("header .amount")).toHaveText(euros(store));
    await expect(place.locator("li", { hasText: "Caisse 1" }).locator(".amount")).toHaveText(euros(ofFirst));
    await expect(place.locator("li", { hasText: "Caisse 2" }).locator(".amount")).toHaveText(euros(ofSecond));
    await expect(desk.store("Lille Flandres").locator("header .amount")).toHaveText(euros(0));
    await expect(desk.figures("Chiffre du jour").locator("strong")).toHaveText(euros(store));
  };
  const time = /^\d\d:\d\d:\d\d$/;

  await test.step("one receipt", async () => {
    await second.sell(bread, { seller: 2 });
    await expect(desk.feed).toHaveCount(1);
    await expect(desk.feed.locator("td")).toHaveText([time, "Lyon Part-Dieu · caisse 2 · Karim B.", "n° 1", euros(bread.price)]);
    await expectTakings(bread.price, 0, bread.price);
  });

  await test.step("another register's, and the same one's again", async () => {
    await first.sell(coffee);
    await expect(desk.feed).toHaveCount(2);
    await second.sell(coffee);
    await expect(desk.feed).toHaveCount(3);
    const latest = desk.feed.first().locator("td");
    await expect(latest).toHaveText([time, "Lyon Part-Dieu · caisse 2 · Ines M.", "n° 2", euros(coffee.price)]);
    await expect(desk.feed.nth(1)).toContainText("Lyon Part-Dieu · caisse 1 · Ines M.");
    await expectTakings(bread.price + 2 * coffee.price, coffee.price, bread.price + coffee.price);
  });

  await test.step("its number opens it", async () => {
    await desk.feed.last().getByRole("link", { name: "n° 1" }).click();
    await expect(page.locator(".receipt")).toContainText(bread.name);
  });
});
