/**
 * The stored form of a forecast day: 288 slots with their tables in about 6 KB (two of
 * DynamoDB's read units), 1 440 slots in about 12 KB. Every store packs with this, so that they all give back the same
 * numbers.
 */
import {
  COLUMNS,
  checkDay,
  type DayHeader,
  headerFlaw,
  type IDLE_COLUMNS,
  refuseDay,
  slotsOf,
  versionFlaw,
} from "./checkDay.ts";
import type { Bands, ErrorTable, ForecastDay, IdleTable } from "./forecast.ts";
import {
  type PackedValues,
  packSigned,
  packValues,
  significant,
  unpackSigned,
  unpackValues,
} from "./packValues.ts";

/** Quantiles as `packSigned` makes them, row after row: four bytes each. The rest of the table is plain. */
export type PackedTable<Table extends { readonly quantiles: unknown }> = Omit<Table, "quantiles"> & {
  readonly quantiles: Uint8Array;
};

/** The chances and factors of an idle table as columns, the rest plain. */
export type PackedIdle = Omit<IdleTable, (typeof IDLE_COLUMNS)[number]> & {
  readonly [Column in (typeof IDLE_COLUMNS)[number]]: PackedValues;
};

/** Everything is plain JSON but the columns and the quantiles. */
export interface PackedForecastDay extends DayHeader {
  readonly median: PackedValues;
  readonly scale: PackedValues;
  readonly naive: PackedValues;
  readonly bands: PackedTable<Bands>;
  readonly errors: PackedTable<ErrorTable>;
  readonly idle?: PackedIdle;
}

/**
 * Packs a whole day. Columns keep four significant digits near the day's highest, fewer far below it (see
 * `packValues`); quantiles and weights keep four. Throws a RangeError naming target and day when the day is not whole
 * and sound.
 */
export function packDay(day: ForecastDay): PackedForecastDay {
  checkDay(day);
  return {
    ...headerOf(day),
    median: packValues(day.median),
    scale: packValues(day.scale),
    naive: packValues(day.naive),
    bands: packTable(day.bands),
    errors: packTable(day.errors),
    ...(day.idle === undefined ? {} : { idle: packIdle(day.idle) }),
  };
}

/**
 * The day again; packing it once more makes the same bytes. Throws a RangeError naming target and day for an unknown
 * version, a wrong number of bytes, and whatever `packDay` would not have packed.
 */
export function unpackDay(packed: PackedForecastDay): ForecastDay {
  const flaw = versionFlaw(packed.version) ?? headerFlaw(packed) ?? bytesFlaw(packed);
  if (flaw !== null) refuseDay(packed, flaw);
  const { bands, errors, idle } = packed;
  const day: ForecastDay = {
    ...headerOf(packed),
    median: unpackValues(packed.median),
    scale: unpackValues(packed.scale),
    naive: unpackValues(packed.naive),
    bands: { ...copyOf(bands), quantiles: unpackRows(bands.quantiles, bands.levels.length) },
    errors: { ...copyOf(errors), quantiles: unpackRows(errors.quantiles, errors.levels.length) },
    ...(idle === undefined ? {} : { idle: unpackIdle(idle) }),
  };
  checkDay(day);
  return day;
}

/** Copied, so that what was packed and what is unpacked share nothing. */
function headerOf({
  version,
  target,
  day,
  model,
  madeAt,
  slotSeconds,
  minuteOfHour,
  weights,
  history,
  score,
}: DayHeader): DayHeader {
  return {
    version,
    target,
    day,
    model,
    madeAt,
    slotSeconds,
    minuteOfHour: [...minuteOfHour],
    weights: weights.map((each) => ({
      candidate: each.candidate,
      weights: each.weights.map(significant),
    })),
    history: { ...history },
    score: { ...score },
  };
}

function packIdle({ byAge, rate, minuteOfHour, ...plain }: IdleTable): PackedIdle {
  return {
    ...plain,
    firstLoad: significant(plain.firstLoad),
    laterLoad: significant(plain.laterLoad),
    byAge: packValues(byAge),
    rate: packValues(rate),
    minuteOfHour: packValues(minuteOfHour),
  };
}

function unpackIdle({ byAge, rate, minuteOfHour, ...plain }: PackedIdle): IdleTable {
  return {
    ...plain,
    byAge: unpackValues(byAge),
    rate: unpackValues(rate),
    minuteOfHour: unpackValues(minuteOfHour),
  };
}

function packTable<Table extends { readonly quantiles: readonly (readonly number[])[] }>(
  table: Table,
): PackedTable<Table> {
  return { ...copyOf(table), quantiles: packSigned(table.quantiles.flat()) };
}

function unpackRows(bytes: Uint8Array, perRow: number): number[][] {
  const values = unpackSigned(bytes);
  return Array.from({ length: values.length / perRow }, (_, row) =>
    values.slice(row * perRow, (row + 1) * perRow),
  );
}

/** Whatever a table holds besides its quantiles: lists of numbers, also those that were added later. */
function copyOf<Table extends { readonly quantiles: unknown }>(table: Table): Omit<Table, "quantiles"> {
  const { quantiles, ...others } = table;
  return deepCopy(others) as Omit<Table, "quantiles">;
}

function deepCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deepCopy);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, deepCopy(part)]));
}

function bytesFlaw(packed: PackedForecastDay): string | null {
  const { bands, errors } = packed;
  const expected = [
    ...COLUMNS.map((name) => [name, packed[name].codes, 2 * slotsOf(packed)] as const),
    ["bands.quantiles", bands.quantiles, 4 * bands.leadsSeconds.length * bands.levels.length],
    ["errors.quantiles", errors.quantiles, 4 * errors.horizonsSeconds.length * errors.levels.length],
  ] as const;
  for (const [name, bytes, length] of expected) {
    if (bytes.byteLength !== length) return `${name} has ${bytes.byteLength} bytes, ${length} are needed`;
  }
  return null;
}
