/** Discrete Fourier transforms of any length: fft.js for powers of two, and Bluestein's chirp around it for the others. */
import FFT from "fft.js";

export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Forward, unscaled. */
export function transform({ re, im }: Complex): Complex {
  const count = re.length;
  if (count <= 1) return { re: re.slice(), im: im.slice() };
  if ((count & (count - 1)) === 0)
    return separated(transformed(planFor(count), interleaved(re, im, count)), count);
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

type Interleaved = ArrayLike<number> & { [index: number]: number };

interface Plan {
  readonly size: number;
  readonly fft: FFT;
}

interface Chirp {
  readonly plan: Plan;
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  readonly spectrum: Interleaved;
}

/** What depends on a length alone is made once: the same few lengths come again and again. */
const plans = new Map<number, Plan>();
const chirps = new Map<number, Chirp>();

function planFor(size: number): Plan {
  const plan = plans.get(size) ?? { size, fft: new FFT(size) };
  plans.set(size, plan);
  return plan;
}

function transformed({ fft }: Plan, input: Interleaved): Interleaved {
  const out = fft.createComplexArray();
  fft.transform(out, input as number[]);
  return out;
}

/** A signal and zeros up to `size`. */
function interleaved(re: Float64Array, im: Float64Array, size: number): Interleaved {
  const out = new Float64Array(2 * size);
  for (let i = 0; i < re.length; i++) {
    out[2 * i] = re[i] as number;
    out[2 * i + 1] = im[i] as number;
  }
  return out;
}

function separated(values: Interleaved, count: number): Complex {
  const out = { re: new Float64Array(count), im: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    out.re[i] = values[2 * i] as number;
    out.im[i] = values[2 * i + 1] as number;
  }
  return out;
}

function chirpFor(count: number): Chirp {
  const known = chirps.get(count);
  if (known !== undefined) return known;
  let size = 1;
  while (size < 2 * count - 1) size *= 2;
  const cos = new Float64Array(count);
  const sin = new Float64Array(count);
  const chirp = new Float64Array(2 * size);
  for (let i = 0; i < count; i++) {
    // i² modulo 2n keeps the angle exact for long signals.
    const angle = (Math.PI * ((i * i) % (2 * count))) / count;
    cos[i] = Math.cos(angle);
    sin[i] = Math.sin(angle);
    for (const at of i === 0 ? [0] : [i, size - i]) {
      chirp[2 * at] = cos[i] as number;
      chirp[2 * at + 1] = sin[i] as number;
    }
  }
  const plan = planFor(size);
  const made = { plan, cos, sin, spectrum: transformed(plan, chirp) };
  chirps.set(count, made);
  return made;
}

/** As a convolution with a chirp (Bluestein 1970, "A linear filtering approach to the computation of the DFT"). */
function bluestein(re: Float64Array, im: Float64Array): Complex {
  const count = re.length;
  const { plan, cos, sin, spectrum } = chirpFor(count);
  const { re: turnedRe, im: turnedIm } = turned(re, im, cos, sin);
  const signal = transformed(plan, interleaved(turnedRe, turnedIm, plan.size));
  for (let i = 0; i < 2 * plan.size; i += 2) {
    const [a, b] = [signal[i] as number, signal[i + 1] as number];
    const [c, d] = [spectrum[i] as number, spectrum[i + 1] as number];
    signal[i] = a * c - b * d;
    signal[i + 1] = a * d + b * c;
  }
  const folded = plan.fft.createComplexArray();
  plan.fft.inverseTransform(folded, signal as number[]);
  const convolved = separated(folded, count);
  return turned(convolved.re, convolved.im, cos, sin);
}

/** Each value turned back by the chirp. */
function turned(re: Float64Array, im: Float64Array, cos: Float64Array, sin: Float64Array): Complex {
  const out = { re: new Float64Array(re.length), im: new Float64Array(re.length) };
  for (let i = 0; i < re.length; i++) {
    const [c, s] = [cos[i] as number, sin[i] as number];
    out.re[i] = (re[i] as number) * c + (im[i] as number) * s;
    out.im[i] = (im[i] as number) * c - (re[i] as number) * s;
  }
  return out;
}
