#!/usr/bin/env node
// The command of the package. Node strips no types inside node_modules: there the compiled program runs, in a checkout
// the source.
const isInstalled = import.meta.url.includes("/node_modules/");
await import(isInstalled ? "../dist/bin/forewarm.js" : "./forewarm.ts");
