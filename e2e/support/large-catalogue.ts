/** A catalogue as large as a hypermarket's, made up. */

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { PROGRAM } from "./environment.ts";
import type { Server } from "./server.ts";

const KINDS = ["Pomme", "Poire", "Tomate", "Café", "Thé", "Yaourt", "Fromage", "Jambon", "Biscuit", "Chocolat", "Lessive", "Shampooing", "Riz", "Pâtes", "Huile", "Vinaigre", "Eau", "Jus", "Bière", "Vin"];
const MANNERS = ["bio", "nature", "vanille", "fumé", "doux", "corsé", "léger", "entier", "rouge", "blanc", "vert", "noir", "sec", "frais", "moulu", "grillé", "salé", "sucré", "extra", "fin"];
const MAKERS = ["du Verger", "Bonne Mère", "Les Deux Rives", "Saint-Aubin", "Grand Large", "La Ferme", "Petit Jour", "Belle Étoile", "Val d’Or", "Haut Pays"];
const SIZES = ["100 g", "250 g", "500 g", "1 kg", "25 cl", "50 cl", "1 L", "x6", "x12", "x24"];

export interface Article {
  gtin: string;
  name: string;
}

/** So many products, each with a name and a barcode of its own. */
export function articles(count: number): Article[] {
  return Array.from({ length: count }, (_, index) => {
    const pick = (words: string[], step: number) => words[Math.floor(index / step) % words.length]!;
    const name = `${pick(KINDS, 1)} ${pick(MANNERS, 20)} ${pick(MAKERS, 400)} ${pick(SIZES, 4000)} n° ${index}`;
    return { gtin: withCheckDigit(`340${String(index).padStart(9, "0")}`), name };
  });
}

/** Brings them into a server as its operator would. */
export async function importInto(server: Server, products: Article[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "comptoir-bench-"));
  try {
    const file = join(folder, "products.csv");
    const rows = products.map(({ gtin, name }, index) => `P-${String(index).padStart(6, "0")},${gtin},${name},Rayon ${index % 40},${(1 + (index % 900) / 100).toFixed(2)},5.5,piece,`);
    await writeFile(file, ["sku,gtin,name,category,price,tax,unit,threshold", ...rows, ""].join("\n"));
    await promisify(execFile)(PROGRAM, ["import", file, "--server", server.url], { env: { ...process.env, COMPTOIR_TOKEN: "demo" }, maxBuffer: 1 << 26 });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function withCheckDigit(digits: string): string {
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place % 2 ? 3 : 1), 0);
  return digits + String((10 - (sum % 10)) % 10);
}
