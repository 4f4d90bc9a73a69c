/** How numbers are said in reasons, so that all of them read alike. */

/** At most three significant decimals, thousands apart: `1 580`, `0.25`, `84.3`. */
export function sayNumber(value: number): string {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  const [whole = "", fraction] = String(rounded).split(".");
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, " ");
  return fraction === undefined ? spaced : `${spaced}.${fraction}`;
}

/** `1 unit`, `12 units`. */
export function sayUnits(units: number): string {
  return `${sayNumber(units)} ${units === 1 ? "unit" : "units"}`;
}

/** `97.5 %`. */
export function sayPercent(share: number): string {
  return `${Number((share * 100).toPrecision(4))} %`;
}
