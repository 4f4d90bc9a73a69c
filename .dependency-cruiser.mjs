// The import rules of the folders, run by `npm run rules`. Every folder lists what it may import; the rest is refused.
// docs/architecture.md shows the same table for people.

/** Folder → the folders of this project and the packages that it may import. `npm:` entries are package names. */
const allowed = {
  "lib/core": { folders: [], npm: [] },
  "lib/ports": { folders: ["lib/core"], npm: [] },
  "lib/usecases": { folders: ["lib/core", "lib/ports"], npm: [] },
  "lib/contract": { folders: ["lib/core"], npm: [] },
  "lib/policy": { folders: ["lib/core"], npm: ["zod", "yaml", "luxon", "ical.js"] },
  "lib/adapters/calendar": { folders: ["lib/core"], npm: ["luxon"] },
  "lib/adapters/memory": {
    folders: ["lib/core", "lib/ports", "lib/contract", "lib/adapters/calendar"],
    npm: [],
  },
  "lib/adapters/aws": {
    folders: ["lib/core", "lib/ports", "lib/contract"],
    npm: ["@aws-sdk/client-[a-z-]+", "@aws-sdk/lib-dynamodb", "zod"],
    node: true,
  },
  // For comparisons on the command line; nothing that runs on Lambda imports it.
  "lib/adapters/augurs": {
    folders: ["lib/core"],
    npm: ["@bsull/augurs", "@bsull/augurs-prophet-wasmstan"],
    node: true,
  },
  "lib/adapters/file": { folders: ["lib/core"], npm: ["zod"] },
  "lib/adapters/system": { folders: ["lib/core", "lib/ports", "lib/adapters/calendar"], npm: [] },
  "lib/infra": {
    folders: ["lib/core", "lib/contract", "lib/policy"],
    npm: ["aws-cdk-lib", "constructs", "esbuild"],
    node: true,
  },
  functions: {
    folders: ["lib/usecases", "lib/ports", "lib/core", "lib/contract", "lib/adapters"],
    npm: [
      "@middy/core",
      "@aws-lambda-powertools/[a-z]+",
      "@aws-sdk/client-[a-z-]+",
      "@aws-sdk/lib-dynamodb",
      "@types/aws-lambda",
      "zod",
    ],
    node: true,
  },
  "lib/sim": {
    folders: ["lib/core", "lib/ports", "lib/usecases", "lib/adapters/memory"],
    npm: ["csv-parse", "d3-random", "fft.js", "highs", "luxon", "pure-rand", "simple-statistics"],
  },
  "lib/report": { folders: ["lib/core"], npm: ["uplot"], node: true },
  "lib/cli": {
    folders: ["lib"],
    npm: ["cli-progress", "cli-table3", "commander", "luxon", "tinypool", "zod"],
    node: true,
  },
  bin: {
    folders: ["lib/cli", "lib/infra", "lib/policy"],
    npm: ["aws-cdk-lib", "cdk-nag", "esbuild"],
    node: true,
  },
};

const anchored = (folder) => `^${folder}/`;

const perFolder = Object.entries(allowed).map(([folder, { folders, npm, node }]) => ({
  name: `imports-of-${folder.replaceAll("/", "-")}`,
  comment: `${folder} may import: ${[folder, ...folders, ...npm, ...(node ? ["node:*"] : [])].join(", ")}`,
  severity: "error",
  from: { path: anchored(folder) },
  to: {
    pathNot: [
      anchored(folder),
      ...folders.map(anchored),
      ...npm.map((name) => `node_modules/(@types/)?${name}/`),
      ...(node ? ["^node:", "^[a-z_/]+$"] : []),
    ],
  },
}));

export default {
  forbidden: [
    ...perFolder,
    {
      name: "no-circular",
      comment: "A cycle means that two files are one thing, or that a type stands in the wrong room.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "not-from-test",
      comment: "Nothing but tests may import a test.",
      severity: "error",
      from: { pathNot: "^test/" },
      to: { path: "^test/" },
    },
    {
      name: "resolvable",
      comment: "An import that does not resolve fails at run time.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
