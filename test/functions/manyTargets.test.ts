/** One tick over many targets, through the real adapters: how often AWS is called, not how long it takes. */
import { describe, expect, it } from "@jest/globals";
import { onTick } from "../../functions/on-tick/onTick.ts";
import type { Policy } from "../../lib/core/policy.ts";
import { fleetOf } from "../bench/aws/fleet.ts";
import { type Deployed, deploy, invoke, quietly } from "../bench/aws/runtime.ts";

async function tickOver(policy: Policy): Promise<Deployed> {
  const deployed = await deploy(policy, 0);
  await quietly(async () => {
    expect(await invoke(onTick(deployed.runtime), "tick", deployed.clock)).toEqual({
      decided: policy.targets.length,
      busy: 0,
    });
  });
  deployed.stop();
  return deployed;
}

describe("a tick over 200 targets", () => {
  it("reads all loads in one call, all alarms in four, and describes each endpoint once", async () => {
    const { calls } = await tickOver(fleetOf(200));
    expect(calls.count.get("GetMetricDataCommand")).toBe(1);
    expect(calls.metricsRequested()).toBe(200);
    expect(calls.count.get("DescribeAlarmsCommand")).toBe(4);
    expect(calls.count.get("DescribeEndpointCommand")).toBe(200);
  }, 30_000);

  it("describes an endpoint once, however many of its variants are targets", async () => {
    const fleet = fleetOf(200);
    const shared = fleet.targets.map((target, i) => ({
      ...target,
      resource: { ...target.resource, endpoint: `endpoint-${Math.floor(i / 2)}` },
    }));
    const { calls } = await tickOver({ ...fleet, targets: shared });
    expect(calls.count.get("DescribeEndpointCommand")).toBe(100);
  }, 30_000);
});
