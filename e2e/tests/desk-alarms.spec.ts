import { expect, type Locator, type Page } from "@playwright/test";
import { Api, type Product } from "../support/api.ts";
import { GENESIS } from "../support/chain.ts";
import { Desk } from "../support/desk.ts";
import { OwnKey } from "../support/own-key.ts";
import { test } from "../support/test.ts";

test("a receipt that was altered after it was signed is an alarm, and shows that it was", async ({ page, server }) => {
  const { api, bread, desk } = await openDesk(page, new Api(server));
  const register = await OwnKey.enrol(api, 1, 2);
  const signed = register.keepBack(bread, { seller: 1 });
  await register.post({ ...signed, body: { ...signed.body, seller: 3 } });

  const alarm = await look(desk, "Ticket modifié");
  await expect(alarm).toContainText("Le contenu n’est plus celui qui a été signé à la caisse.");
  await alarm.getByRole("link", { name: "Voir le ticket" }).click();
  await expect(page.locator(".receipt")).toContainText("Solène D.");
  await expect(page.getByText("L’empreinte ne correspond pas au contenu : ce ticket a été modifié.")).toBeVisible();
});

test("a receipt that another register's key signed is an alarm", async ({ page, server }) => {
  const { api, bread, desk } = await openDesk(page, new Api(server));
  const register = await OwnKey.enrol(api, 1, 1);
  await OwnKey.enrol(api, 1, 2);
  await register.send(bread, { number: 1, prev: GENESIS, register: 2 });

  const alarm = await look(desk, "Signé par une autre caisse");
  await expect(alarm).toContainText("La clé est connue, mais elle appartient à une autre série.");
  await alarm.getByRole("link", { name: "Voir le ticket" }).click();
  await expect(page.locator(".receipt")).toContainText(bread.name);
  await expect(page.getByText("L’empreinte correspond au contenu.")).toBeVisible();
});

test("a price that no manager allowed is an alarm", async ({ page, server }) => {
  const { api, bread, desk } = await openDesk(page, new Api(server));
  const register = await OwnKey.enrol(api, 1, 2);
  const cheap = { ...bread, price: 10 };
  const { body } = register.keepBack(cheap);
  await register.send(cheap, { number: 1, prev: GENESIS, lines: [{ ...body.lines[0]!, list_price: bread.price, manager: 1 }] });

  const alarm = await look(desk, "Prix modifié sans accord");
  await expect(alarm).toContainText("aucun responsable du magasin ne l’a autorisé");
  await alarm.getByRole("link", { name: "Voir le ticket" }).click();
  await expect(page.locator(".receipt")).toContainText(bread.name);
});

interface Scene {
  api: Api;
  bread: Product;
  desk: Desk;
}

/** An open desk, without any alarm yet. */
async function openDesk(page: Page, api: Api): Promise<Scene> {
  const bread = await api.product("Baguette tradition");
  const desk = await Desk.open(page);
  await expect(desk.notices).not.toContainText("Nouvelle alarme");
  return { api, bread, desk };
}

/** Follows the notice of an alarm to the page, and gives the only one there. */
async function look({ notices, page }: Desk, title: string): Promise<Locator> {
  await expect(notices).toContainText(`Nouvelle alarme : ${title}`);
  await notices.getByRole("link", { name: "Voir" }).click();
  await expect(notices, "it has been seen").not.toContainText("Nouvelle alarme");
  const alarms = page.getByRole("complementary", { name: "Alarmes" }).locator("article");
  await expect(alarms).toHaveCount(1);
  await expect(alarms).toContainText(title);
  await expect(alarms).toContainText(/Lyon Part-Dieu · il y a \d+\ss/);
  return alarms;
}
