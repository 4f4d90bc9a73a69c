/** The part of dynalite that the tests use; it comes without types. */
declare module "dynalite" {
  import type { Server } from "node:http";

  /** Its `listen` and `close` are those of a server of `node:http`. Times are in milliseconds. */
  export default function dynalite(options?: { readonly createTableMs?: number }): Server;
}
