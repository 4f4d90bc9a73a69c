/** A line of a terminal that shows how values go up and down. */

const BLOCKS = "▁▂▃▄▅▆▇█";

/**
 * One character for each of `width` stretches of the values, as high as the highest of them: 0 is the lowest block, `top`
 * the highest. A stretch without a known value is a space. Fewer values than `width` take one character each.
 */
export function sparkline(values: readonly (number | null)[], width: number, top: number): string {
  const cells = Math.min(width, values.length);
  return Array.from({ length: cells }, (_, cell) => {
    const from = Math.floor((cell * values.length) / cells);
    const stretch = values.slice(from, Math.floor(((cell + 1) * values.length) / cells));
    const known = stretch.filter((value) => value !== null);
    if (known.length === 0) return " ";
    const share = top > 0 ? Math.max(...known) / top : 0;
    return BLOCKS[Math.min(BLOCKS.length - 1, Math.floor(share * BLOCKS.length))] ?? " ";
  }).join("");
}
