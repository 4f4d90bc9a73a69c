import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { readText } from "../../lib/cli/files.ts";
import { A_STACK, type Folder, run, tempFolder } from "./arrange.ts";

let folder: Folder;
beforeAll(async () => {
  folder = await tempFolder();
});
afterAll(() => folder.remove());

const EXAMPLES = ["forewarm", "shop", "image", "thresholds", "defaults", "calendar"];

describe("policy check", () => {
  it.each(EXAMPLES)("finds nothing wrong with the example %s", async (name) => {
    const path = `examples/${name}.yaml`;
    const { code, out, err } = await run("policy", "check", path);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^examples\/\w+\.yaml: \d+ target\(s\), no problems\n$/);
  });

  it("writes the events of a calendar file, as seen from the policy, into the policy", async () => {
    const { code, out } = await run("policy", "check", "examples/calendar.yaml", "--json");
    expect(code).toBe(0);
    const { events } = JSON.parse(out).targets[0];
    const like = (name: string) => events.find((each: { name: string }) => each.name === name)?.like;
    expect(["New Year", "Harvest Days", "Bridge Day", "Cup final"].map(like)).toEqual([
      "sunday",
      "sunday",
      "saturday",
      "last-time",
    ]);
  });

  it("says what is wrong with a calendar file, where the policy names it", async () => {
    await folder.write("broken.ics", "<html>");
    const text = await readText("examples/calendar.yaml");
    const path = await folder.write("broken.yaml", text.replace("holidays.ics", "broken.ics"));
    const { code, err } = await run("policy", "check", path);
    expect(code).toBe(2);
    expect(err).toMatch(
      /broken\.yaml:11:15 targets\.shop\.calendar: broken\.ics cannot be used: got a text that begins/,
    );
  });

  it("--json prints the whole policy with the defaults that the file leaves out", async () => {
    const { code, out } = await run("policy", "check", "examples/shop.yaml", "--json");
    expect(code).toBe(0);
    const policy = JSON.parse(out);
    expect(policy.targets).toHaveLength(1);
    expect(policy.targets[0]).toMatchObject({ mode: expect.any(String), timeZone: expect.any(String) });
    expect(policy.promotions).toHaveLength(1);
  });

  it("reports every problem at its line and column", async () => {
    const path = await folder.write(
      "bad.yaml",
      [
        "targets:",
        "  chat:",
        "    kind: sagemaker-variant",
        "    endpoint: chat-prod",
        "    variant: AllTraffic",
        "    capacity: { min: 5, max: 2 }",
        "    load: { metric: invocations, perUnit: -1 }",
        "    leadTimes: { expected: 6m }",
        "",
      ].join("\n"),
    );
    const { code, out, err } = await run("policy", "check", path);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/has \d+ problems:/);
    const lineOf = (text: string): string => err.split("\n").find((line) => line.includes(text)) ?? "";
    expect(lineOf("perUnit")).toMatch(/bad\.yaml:7:\d+ targets\.chat\.load\.perUnit: got -1/);
    expect(lineOf("leadTimes")).toMatch(/bad\.yaml:8:\d+ targets\.chat: got the unknown key "leadTimes"/);
    expect(err).not.toMatch(A_STACK);
  });

  it("says where YAML itself breaks", async () => {
    const path = await folder.write("broken.yaml", "targets:\n  chat: [1, 2\n");
    const { code, err } = await run("policy", "check", path);
    expect(code).toBe(2);
    expect(err).toMatch(/broken\.yaml:\d+:\d+ /);
    expect(err).not.toMatch(A_STACK);
  });

  it("replay refuses a bad policy in the same words", async () => {
    const path = await folder.write("bad.yaml", "targets: 5\n");
    const trace = await folder.write(
      "a.csv",
      "timestamp,requests\n2025-11-03T00:00Z,1\n2025-11-03T00:01Z,2\n",
    );
    const checked = await run("policy", "check", path);
    const replayed = await run("replay", trace, "--policy", path);
    expect(replayed).toEqual(checked);
    expect(replayed.code).toBe(2);
  });
});

describe("policy schema", () => {
  it("is a JSON schema that the examples pass and a bad policy does not", async () => {
    const { code, out } = await run("policy", "schema");
    expect(code).toBe(0);
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(out));
    for (const name of EXAMPLES) {
      const valid = validate(parse(await readText(`examples/${name}.yaml`)));
      expect({ name, valid, errors: validate.errors }).toEqual({ name, valid: true, errors: null });
    }
    expect(validate({ targets: 5 })).toBe(false);
  });
});
