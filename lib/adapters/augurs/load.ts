/** Loads augurs' WebAssembly: once, and anew after it has trapped, since a trapped instance cannot be trusted any more. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const { resolve } = createRequire(import.meta.url);

export type ProphetModule = typeof import("@bsull/augurs/prophet");
export type MstlModule = typeof import("@bsull/augurs/mstl");
export type StanModule = typeof import("@bsull/augurs-prophet-wasmstan");

export interface Prophets {
  readonly prophet: ProphetModule;
  readonly stan: StanModule;
}

/** A module of which every `renew` makes a fresh instance for whoever asks next. */
export class Renewable<Loaded> {
  private loaded: Promise<Loaded> | null = null;
  private instance = 0;
  private readonly load: (instance: number) => Promise<Loaded>;

  constructor(load: (instance: number) => Promise<Loaded>) {
    this.load = load;
  }

  get(): Promise<Loaded> {
    this.loaded ??= this.load(this.instance);
    return this.loaded;
  }

  renew(): void {
    this.loaded = null;
    this.instance++;
  }
}

export const prophets = new Renewable<Prophets>(async (instance) => ({
  prophet: await augursModule<ProphetModule>("prophet", instance),
  stan: (await import(addressOf("@bsull/augurs-prophet-wasmstan", instance))) as StanModule,
}));

export const mstls = new Renewable<MstlModule>((instance) => augursModule<MstlModule>("mstl", instance));

async function augursModule<Module extends { initSync(bytes: { module: Uint8Array<ArrayBuffer> }): unknown }>(
  name: string,
  instance: number,
): Promise<Module> {
  const entry = `@bsull/augurs/${name}`;
  const made = (await import(addressOf(entry, instance))) as Module;
  made.initSync({ module: await readFile(resolve(entry).replace(/\.js$/, "_bg.wasm")) });
  return made;
}

/** Another query is another module to Node, with an instance of its own. */
function addressOf(entry: string, instance: number): string {
  const address = pathToFileURL(resolve(entry)).href;
  return instance === 0 ? address : `${address}?instance=${instance}`;
}
