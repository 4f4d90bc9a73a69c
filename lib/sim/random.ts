/** Seeded randomness: one named stream for each use, so that drawing more in one place moves nothing in another. */
import { randomBinomial, randomLogNormal, randomPoisson } from "d3-random";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Draws from [0, 1). */
export type RandomSource = () => number;

/** The stream of a seed and a name: the same two give the same draws, another name gives independent ones. */
export function stream(seed: number, name: string): RandomSource {
  const generator = xoroshiro128plus(hash(`${seed} ${name}`));
  return () => uniformFloat64(generator);
}

/** FNV-1a, then the finalizer of MurmurHash3: without it, names that differ in their last letter give related draws. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

/** Lognormal draws; `mu` and `sigma` are of the logarithm. */
export function lognormal(source: RandomSource, mu: number, sigma: number): RandomSource {
  return randomLogNormal.source(source)(mu, sigma);
}

/** Poisson counts with a mean that may change from draw to draw. */
export function poisson(source: RandomSource): (mean: number) => number {
  const of = randomPoisson.source(source);
  return (mean) => (mean > 0 ? of(mean)() : 0);
}

/** Spreads `count` over `parts` places at random, each as likely as the others; the parts add up to the count. */
export function evenly(source: RandomSource): (count: number, parts: number) => number[] {
  const of = randomBinomial.source(source);
  return (count, parts) => {
    const spread: number[] = [];
    let left = count;
    for (let part = parts; part > 1; part--) {
      const here = left > 0 ? of(left, 1 / part)() : 0;
      spread.push(here);
      left -= here;
    }
    return [...spread, left];
  };
}
