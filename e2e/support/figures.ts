/** Figures as the French page writes them. Matchers take any white space for a plain space. */

/** An amount in minor units: `1 234,56 €`. */
export function euros(minor: number): string {
  const [whole = "", cents = ""] = (minor / 100).toFixed(2).split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, " ")},${cents} €`;
}

/** The barcode that a scale prints: the product's first seven digits, grams or cents, and the check digit (GS1, modulo 10). */
export function label(gtin: string, figure: number): string {
  const digits = gtin.slice(0, 7) + String(figure).padStart(5, "0");
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place % 2 ? 3 : 1), 0);
  return digits + String((10 - (sum % 10)) % 10);
}
