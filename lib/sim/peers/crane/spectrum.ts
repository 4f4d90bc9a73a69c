/** Discrete Fourier transforms of any length: radix 2, and Bluestein's chirp around it for the others. */

export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Forward, unscaled. */
export function transform({ re, im }: Complex): Complex {
  const count = re.length;
  if (count <= 1) return { re: re.slice(), im: im.slice() };
  if ((count & (count - 1)) === 0) return radix2(re, im);
  return bluestein(re, im);
}

/** Inverse, divided by the length. */
export function inverse({ re, im }: Complex): Complex {
  const turned = transform({ re: im, im: re });
  const count = re.length;
  return { re: turned.im.map((value) => value / count), im: turned.re.map((value) => value / count) };
}

export const realSignal = (values: Float64Array): Complex => ({
  re: values.slice(),
  im: new Float64Array(values.length),
});

function radix2(fromRe: Float64Array, fromIm: Float64Array): Complex {
  const re = fromRe.slice();
  const im = fromIm.slice();
  const count = re.length;
  reverseBits(re, im);
  for (let size = 2; size <= count; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const angle = (-2 * Math.PI * k) / size;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      for (let i = k; i < count; i += size) {
        const j = i + half;
        const turnedRe = (re[j] as number) * cos - (im[j] as number) * sin;
        const turnedIm = (re[j] as number) * sin + (im[j] as number) * cos;
        re[j] = (re[i] as number) - turnedRe;
        im[j] = (im[i] as number) - turnedIm;
        re[i] = (re[i] as number) + turnedRe;
        im[i] = (im[i] as number) + turnedIm;
      }
    }
  }
  return { re, im };
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  const count = re.length;
  for (let i = 1, j = 0; i < count; i++) {
    let bit = count >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j] as number, re[i] as number];
    [im[i], im[j]] = [im[j] as number, im[i] as number];
  }
}

/** As a convolution with a chirp (Bluestein 1970, "A linear filtering approach to the computation of the DFT"). */
function bluestein(re: Float64Array, im: Float64Array): Complex {
  const count = re.length;
  let size = 1;
  while (size < 2 * count - 1) size *= 2;
  const cos = new Float64Array(count);
  const sin = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    // i² modulo 2n keeps the angle exact for long signals.
    const angle = (Math.PI * ((i * i) % (2 * count))) / count;
    cos[i] = Math.cos(angle);
    sin[i] = Math.sin(angle);
  }
  const chirped = { re: new Float64Array(size), im: new Float64Array(size) };
  const chirp = { re: new Float64Array(size), im: new Float64Array(size) };
  for (let i = 0; i < count; i++) {
    const [c, s] = [cos[i] as number, sin[i] as number];
    chirped.re[i] = (re[i] as number) * c + (im[i] as number) * s;
    chirped.im[i] = (im[i] as number) * c - (re[i] as number) * s;
    chirp.re[i] = c;
    chirp.im[i] = s;
    if (i > 0) {
      chirp.re[size - i] = c;
      chirp.im[size - i] = s;
    }
  }
  const product = multiplied(radix2(chirped.re, chirped.im), radix2(chirp.re, chirp.im));
  const folded = inverse(product);
  const out = { re: new Float64Array(count), im: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    const [c, s] = [cos[i] as number, sin[i] as number];
    out.re[i] = (folded.re[i] as number) * c + (folded.im[i] as number) * s;
    out.im[i] = (folded.im[i] as number) * c - (folded.re[i] as number) * s;
  }
  return out;
}

export function multiplied(a: Complex, b: Complex): Complex {
  const re = new Float64Array(a.re.length);
  const im = new Float64Array(a.re.length);
  for (let i = 0; i < re.length; i++) {
    re[i] = (a.re[i] as number) * (b.re[i] as number) - (a.im[i] as number) * (b.im[i] as number);
    im[i] = (a.re[i] as number) * (b.im[i] as number) + (a.im[i] as number) * (b.re[i] as number);
  }
  return { re, im };
}
