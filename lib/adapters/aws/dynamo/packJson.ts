/** JSON in few bytes: a write is billed by the kilobyte, and memories and decisions repeat themselves. */
import { deflateRawSync, inflateRawSync } from "node:zlib";

/** A decision unpacks to some ten kilobytes; what unpacks to more was not packed here. */
const LARGEST_BYTES = 4 * 1024 * 1024;

/** Plain data as deflated JSON; undefined fields are left out. */
export function packJson(value: unknown): Uint8Array {
  return deflateRawSync(JSON.stringify(value));
}

/** Throws when the bytes are not packed JSON. */
export function unpackJson(packed: Uint8Array): unknown {
  return JSON.parse(inflateRawSync(packed, { maxOutputLength: LARGEST_BYTES }).toString("utf8"));
}
