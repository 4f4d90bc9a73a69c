/** Columns of numbers in few bytes, as a stored forecast holds them. All bytes are big-endian. */

/** A column of numbers of at least 0: two bytes each, and the highest of them in full. */
export interface PackedValues {
  readonly highest: number;
  readonly codes: Uint8Array;
}

/** Above this a number would not fit the four bytes of `packSigned`. */
export const HIGHEST_PACKED = 1e38;

const HIGHEST_CODE = 65_535;
const CODE_BYTES = 2;
const SIGNED_BYTES = 4;
const DIGITS = 4;

/** Rounded to four significant digits, which keeps the JSON of a record short; -0 becomes 0. */
export function significant(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/**
 * Packs finite numbers from 0 to `HIGHEST_PACKED`. On a square-root scale low values keep more of their precision:
 * half a code is 1 / 65 535 of the highest value and 1 / 655 of one that is 10 000 times lower. A lower value stays
 * lower or becomes equal. Packing what `unpackValues` gave makes the same bytes again. Throws a RangeError for others.
 */
export function packValues(values: readonly number[]): PackedValues {
  requireWithin(values, 0);
  const rounded = values.map(significant);
  const highest = rounded.reduce((most, value) => Math.max(most, value), 0);
  const codes = new Uint8Array(values.length * CODE_BYTES);
  const view = new DataView(codes.buffer);
  for (const [i, value] of rounded.entries()) view.setUint16(i * CODE_BYTES, codeOf(value, highest));
  return { highest, codes };
}

/** The packed numbers, each with four significant digits. Throws a RangeError for an odd number of bytes. */
export function unpackValues({ highest, codes }: PackedValues): number[] {
  const view = viewOf(codes, CODE_BYTES);
  return Array.from({ length: codes.byteLength / CODE_BYTES }, (_, i) =>
    decoded(view.getUint16(i * CODE_BYTES), highest),
  );
}

/**
 * The code nearest to a value. Rounding a code's value to four digits can step over the edge to the code beside it;
 * the code taken is one that its own rounded value leads back to.
 */
function codeOf(value: number, highest: number): number {
  let code = nearestCode(value, highest);
  for (;;) {
    const settled = nearestCode(decoded(code, highest), highest);
    if (settled === code) return code;
    code = settled;
  }
}

function nearestCode(value: number, highest: number): number {
  return highest === 0 ? 0 : Math.round(Math.sqrt(value / highest) * HIGHEST_CODE);
}

function decoded(code: number, highest: number): number {
  return significant(highest * (code / HIGHEST_CODE) ** 2);
}

/**
 * Packs finite numbers up to ±`HIGHEST_PACKED` in four bytes each, to four significant digits. Throws a RangeError for
 * others.
 */
export function packSigned(values: readonly number[]): Uint8Array {
  requireWithin(values, -HIGHEST_PACKED);
  const bytes = new Uint8Array(values.length * SIGNED_BYTES);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) {
    // Rounded as it will be read: next to nothing becomes 0, not the -0 whose bytes are others.
    view.setFloat32(i * SIGNED_BYTES, significant(Math.fround(significant(value))));
  }
  return bytes;
}

/** The packed numbers. Throws a RangeError when the bytes are not a multiple of four. */
export function unpackSigned(bytes: Uint8Array): number[] {
  const view = viewOf(bytes, SIGNED_BYTES);
  return Array.from({ length: bytes.byteLength / SIGNED_BYTES }, (_, i) =>
    significant(view.getFloat32(i * SIGNED_BYTES)),
  );
}

function requireWithin(values: readonly number[], lowest: number): void {
  const wrong = values.findIndex((value) => !(value >= lowest && value <= HIGHEST_PACKED));
  if (wrong < 0) return;
  throw new RangeError(`number ${wrong} is ${values[wrong]}, allowed is ${lowest} to ${HIGHEST_PACKED}`);
}

/** Bytes that come from a store are often a window on a larger buffer. */
function viewOf(bytes: Uint8Array, each: number): DataView {
  if (bytes.byteLength % each !== 0) {
    throw new RangeError(`${bytes.byteLength} bytes were given, a multiple of ${each} is needed`);
  }
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
