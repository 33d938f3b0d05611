import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { euros } from "../support/figures.ts";
import { press, type } from "../support/keyboard.ts";
import { test } from "../support/test.ts";
import { Till } from "../support/till.ts";

test("a barcode that somebody types by hand rings up its product", async ({ page, server }) => {
  const bread = await new Api(server).product("Baguette tradition");
  const till = await Till.open(page);

  await test.step("in the search", async () => {
    await press(page, "F2");
    await type(page, bread.gtin ?? "");
    await expect(till.search, "it is no scan").toHaveValue(bread.gtin ?? "");
    await expect(till.lines).toHaveCount(0);
    await press(page, "Enter");
    await expect(till.line(bread.name).locator(".qty")).toHaveText("1");
    await expect(till.search).toHaveValue("");
    await expect(till.total).toHaveText(euros(bread.price));
  });

  await test.step("several at once", async () => {
    await type(page, `3*${bread.gtin}`);
    await press(page, "Enter");
    await expect(till.line(bread.name).locator(".qty")).toHaveText("4");
    await expect(till.lines).toHaveCount(1);
  });

  await test.step("one that nobody knows rings up nothing", async () => {
    await type(page, "4006381333931");
    await press(page, "Enter");
    await expect(till.slot).toContainText("Code inconnu : 4006381333931");
    await expect(till.total).toHaveText(euros(4 * bread.price));
  });
});
