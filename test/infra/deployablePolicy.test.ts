/** What is refused before anything is made, all of it at once. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { deployablePolicy } from "../../lib/infra/deployablePolicy.ts";
import { aComponent, aNodegroup, aPolicyOf } from "./arrange.ts";

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was thrown";
};

describe("a calendar file", () => {
  it("is found beside the policy, and its events are part of what is deployed", () => {
    const [shop] = deployablePolicy("examples/calendar.yaml").targets;
    expect(shop?.events.filter(({ name }) => name === "New Year")).toHaveLength(4);
    expect(shop?.events).toContainEqual({
      kind: "days",
      name: "Harvest Days",
      from: "2026-01-28",
      to: "2026-01-29",
      like: "sunday",
    });
  });

  it("is refused with the reason when it is not there", () => {
    const folder = mkdtempSync(join(tmpdir(), "policy-"));
    const path = join(folder, "forewarm.yaml");
    writeFileSync(path, readFileSync("examples/calendar.yaml", "utf8"));
    const message = messageOf(() => deployablePolicy(path));
    rmSync(folder, { recursive: true });
    expect(message).toMatch(/targets\.shop\.calendar: holidays\.ics cannot be used: .*no such file/);
  });
});

describe("a policy that cannot be deployed", () => {
  it("is refused with every metric that CloudWatch does not have, and every unit that is not said", () => {
    const rules = [
      { metric: "queueLength", above: 50, for: "1m" },
      { metric: "cpuUtilization", above: "80%", for: "2m" },
    ];
    const nodes = aNodegroup({ load: { metric: "invocations", perUnit: 5 }, price: { perUnitHour: 1 } });
    const lines = messageOf(() => deployablePolicy(aPolicyOf({ chat: { rules }, nodes }))).split("\n");
    expect(lines).toEqual([
      "the policy has 3 problems:",
      expect.stringMatching(
        /targets\.chat\.rules\[0\]: CloudWatch has no queueLength for a sagemaker-variant; it has: invoc/,
      ),
      expect.stringMatching(/targets\.chat\.rules\[1\]: cpuUtilization .*unit: \{ vcpus/),
      expect.stringMatching(/targets\.nodes\.load: CloudWatch has no invocations for a eks-nodegroup/),
    ]);
  });

  it("is refused with every problem that the parser has", () => {
    const wrong = aPolicyOf({ chat: { mode: "ful" }, summary: aComponent({ capacity: { min: 4, max: 2 } }) });
    const message = messageOf(() => deployablePolicy(wrong));
    expect(message).toContain("targets.chat.mode");
    expect(message).toContain("targets.summary.capacity");
  });

  it("is refused with the place in its file", () => {
    const folder = mkdtempSync(join(tmpdir(), "forewarm-policy-"));
    const file = join(folder, "queue.yaml");
    const text = readFileSync("examples/thresholds.yaml", "utf8");
    writeFileSync(
      file,
      text.replace(
        /^ {6}queueLength: .*$/m,
        "      queue: { unit: count, statistic: sum, namespace: A, name: B }",
      ),
    );
    expect(messageOf(() => deployablePolicy(file))).toContain("targets.chat.rules[4]");
    rmSync(folder, { recursive: true });
    expect(messageOf(() => deployablePolicy("nowhere.yaml"))).toContain("nowhere.yaml there is no such file");
  });

  it("is refused where it scales workloads of Kubernetes, which can only be replayed yet", () => {
    const workload = {
      kind: "kubernetes-workload",
      endpoint: undefined,
      variant: undefined,
      cluster: "inference",
      namespace: "models",
      workload: "deployment/chat",
    };
    expect(messageOf(() => deployablePolicy(aPolicyOf({ pods: workload })))).toContain("targets.pods.kind");
  });
});

describe("the examples", () => {
  const files = readdirSync("examples").filter((name) => name.endsWith(".yaml"));

  it.each(files)("can be deployed: %s", (name) => {
    expect(deployablePolicy(`examples/${name}`).targets.length).toBeGreaterThan(0);
  });
});
