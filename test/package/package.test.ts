/** The package as others get it: packed, installed into an empty CDK app, and used there for two endpoints. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";

const root = fileURLToPath(new URL("../..", import.meta.url));
const app = mkdtempSync(join(tmpdir(), "forewarm-app-"));
const installed = join(app, "node_modules", "forewarm");

/** The versions that the checkout has, so that npm finds them in its cache. */
const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};
const peers = ["aws-cdk-lib", "constructs"].map((name) => `${name}@${devDependencies[name]}`);

function run(folder: string, command: string, ...words: string[]): string {
  const env = { ...process.env, CDK_OUTDIR: join(app, "cdk.out") };
  return execFileSync(command, words, {
    cwd: folder,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

const QUIETLY = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
const npm = (folder: string, ...words: string[]): string => run(folder, "npm", ...words, ...QUIETLY);
const node = (...words: string[]): string => run(app, process.execPath, ...words);

const POLICY = `targets:
  chat: &target
    kind: sagemaker-variant
    endpoint: chat-prod
    variant: AllTraffic
    capacity: { min: 1, max: 12 }
    load: { metric: invocations, perUnit: 240 }
    objective: { latencyP95: 800ms, share: 99.9% }
  search:
    kind: sagemaker-variant
    endpoint: search-prod
    variant: AllTraffic
    capacity: { min: 1, max: 12 }
    rules: [{ metric: latency, statistic: p95, above: 800ms, for: 2m }]
`;

/** As a reader of the README would write it; the compiler checks it against the package's declarations. */
const APP = `import { App, Stack } from "aws-cdk-lib";
import { Forewarm, type PolicyInput } from "forewarm";

const typed: PolicyInput = {
  targets: {
    chat: {
      kind: "sagemaker-variant",
      endpoint: "chat-prod",
      variant: "AllTraffic",
      capacity: { min: 1, max: 12 },
      load: { metric: "invocations", perUnit: 240 },
    },
  },
};
const app = new App();
new Forewarm(new Stack(app, "FromFile"), "Forewarm", { policy: "forewarm.yaml" });
new Forewarm(new Stack(app, "FromObject"), "Forewarm", { policy: typed });
app.synth();
`;

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

function resourcesOf(stack: string): readonly Resource[] {
  const text = readFileSync(join(app, "cdk.out", `${stack}.template.json`), "utf8");
  return Object.values(
    (JSON.parse(text) as { readonly Resources: Readonly<Record<string, Resource>> }).Resources,
  );
}

beforeAll(() => {
  npm(root, "pack", "--pack-destination", app);
  const tarball = readdirSync(app).find((name) => name.endsWith(".tgz")) ?? "no tarball was made";
  writeFileSync(join(app, "package.json"), JSON.stringify({ name: "app", private: true, type: "module" }));
  npm(app, "install", "--ignore-scripts", join(app, tarball), ...peers);
  writeFileSync(join(app, "forewarm.yaml"), POLICY);
  writeFileSync(join(app, "app.ts"), APP);
}, 240_000);
afterAll(() => rmSync(app, { recursive: true, force: true }));

describe("the installed package", () => {
  it("ships programs, declarations, bundles and documents, and nothing of the workshop", () => {
    const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
    expect(files).toEqual(
      expect.arrayContaining([
        "bin/forewarm.js",
        "dist/bin/forewarm.js",
        "dist/lib/index.js",
        "dist/lib/index.d.ts",
        "dist/lib/report/page/elements.js",
        "dist/lib/report/replay/page/main.js",
        "dist/lib/report/score/page/main.js",
        "dist/examples/shop.yaml",
        "dist/functions/on-tick/index.mjs",
        "docs/policy.schema.json",
        "LICENSE",
        "README.md",
      ]),
    );
    expect(files.filter((file) => /^(test|functions|lib|out|\.ci|\.biome)(\/|$)/.test(file))).toEqual([]);
    expect(files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))).toEqual([]);
  });

  it("type-checks and synthesises in an app, from a file and from a typed object", () => {
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const types = ["--types", "node", "--typeRoots", join(root, "node_modules", "@types")];
    node(tsc, "app.ts", "--target", "es2024", "--module", "nodenext", "--strict", "--skipLibCheck", ...types);
    node("app.js");
    const resources = resourcesOf("FromFile");
    const names = resources
      .filter(({ Type }) => Type === "AWS::CloudWatch::Alarm")
      .map(({ Properties }) => Properties["AlarmName"]);
    expect(names).toEqual(
      expect.arrayContaining(["FromFile/chat/objective.latencyP95", "FromFile/search/rules[0]"]),
    );
    expect(resources.filter(({ Type }) => Type === "AWS::Lambda::Function")).toHaveLength(6);
    expect(resourcesOf("FromObject").filter(({ Type }) => Type === "AWS::Lambda::Function")).toHaveLength(6);
  }, 60_000);

  it("refuses a wrong policy when it is synthesised, with all that is wrong", () => {
    writeFileSync(
      join(app, "forewarm.yaml"),
      POLICY.replace("max: 12", "max: 0").replace("perUnit: 240", "perUnit: many"),
    );
    expect(() => node("app.js")).toThrow(/capacity\.max[\s\S]*perUnit|perUnit[\s\S]*capacity\.max/);
  }, 60_000);

  it("has the forewarm command, with its examples", () => {
    expect(node(join(installed, "bin", "forewarm.js"), "--version").trim()).toMatch(/^\d+\.\d+\.\d+$/);
    const out = join(app, "demo");
    expect(node(join(installed, "bin", "forewarm.js"), "demo", "--out", out)).toContain("Forewarm");
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain("<html");
  }, 120_000);
});
