import { AccessDeniedException, ThrottlingException } from "@aws-sdk/client-eks";
import { describe, expect, it } from "@jest/globals";
import { EksNodegroupTarget } from "../../../../lib/adapters/aws/eks/eksNodegroupTarget.ts";
import { aPolicy } from "../../../core/arrange.ts";
import { FakeEks, type FakeNodegroup } from "../fakes/eks.ts";

const POLICY = aPolicy({
  id: "chat",
  kind: "eks-nodegroup",
  resource: { cluster: "shop", nodegroup: "gpu" },
});

interface Arranged {
  readonly eks: FakeEks;
  readonly nodegroup: FakeNodegroup;
  readonly capacity: EksNodegroupTarget;
}

function arranged(parts: Partial<FakeNodegroup> = {}): Arranged {
  const eks = new FakeEks();
  const nodegroup = eks.add("shop", "gpu", { desiredSize: 3, maxSize: 10, ...parts });
  return { eks, nodegroup, capacity: new EksNodegroupTarget(eks.client, [POLICY]) };
}

const NO_CAPACITY = {
  code: "AsgInstanceLaunchFailures",
  message: "Could not launch On-Demand Instances. InsufficientInstanceCapacity",
} as const;

describe("describing a node group", () => {
  it("gives its sizes, and its minimum as the platform's own", async () => {
    const { capacity } = arranged({ minSize: 2 });
    expect(await capacity.describe("chat")).toEqual({
      desired: 3,
      ready: 3,
      locked: null,
      changedAt: null,
      problem: null,
      minimum: 2,
    });
  });

  it.each(["CREATING", "UPDATING", "DELETING", "CREATE_FAILED", "DELETE_FAILED"] as const)(
    "is locked while %s, and says so",
    async (status) => {
      const { capacity } = arranged({ status });
      expect((await capacity.describe("chat")).locked?.why).toContain(`gpu is ${status}`);
    },
  );

  it("reports a failed state as a problem", async () => {
    const { capacity } = arranged({ status: "CREATE_FAILED" });
    expect((await capacity.describe("chat")).problem).toContain("CREATE_FAILED");
  });

  it("does not lock a degraded node group: only a later start mends it", async () => {
    const { capacity } = arranged({ status: "DEGRADED", issues: [NO_CAPACITY] });
    expect(await capacity.describe("chat")).toMatchObject({
      locked: null,
      problem: `the node group gpu is DEGRADED; AsgInstanceLaunchFailures: ${NO_CAPACITY.message}`,
    });
    expect(await capacity.setUnits("chat", 4, "t1")).toEqual({ kind: "accepted", units: 4 });
  });

  it("reports every issue", async () => {
    const { capacity } = arranged({
      issues: [NO_CAPACITY, { code: "InstanceLimitExceeded" }, { message: "no code" }, {}],
    });
    expect((await capacity.describe("chat")).problem).toBe(
      `AsgInstanceLaunchFailures: ${NO_CAPACITY.message}; InstanceLimitExceeded; no code; unnamed failure`,
    );
  });

  it("does not take nodes for ready that could not be launched", async () => {
    const { capacity, nodegroup } = arranged();
    await capacity.describe("chat");
    Object.assign(nodegroup, { desiredSize: 6, issues: [NO_CAPACITY] });
    expect(await capacity.describe("chat")).toMatchObject({ desired: 6, ready: 3 });
    Object.assign(nodegroup, { desiredSize: 2 });
    expect(await capacity.describe("chat")).toMatchObject({ desired: 2, ready: 2 });
  });

  it("takes all but one for ready during a change whose beginning it did not see", async () => {
    const { capacity, nodegroup } = arranged({ status: "UPDATING" });
    expect((await capacity.describe("chat")).ready).toBe(2);
    nodegroup.desiredSize = 0;
    expect((await capacity.describe("chat")).ready).toBe(0);
  });

  it("takes nodes for ready when an issue says nothing of their number", async () => {
    const { capacity } = arranged({ issues: [{ code: "PodEvictionFailure", message: "timed out" }] });
    expect((await capacity.describe("chat")).ready).toBe(3);
  });

  it("counts no node of a warm pool", async () => {
    const warmPoolConfig = { enabled: true, minSize: 4, poolState: "STOPPED" } as const;
    const { capacity } = arranged({ warmPoolConfig });
    expect(await capacity.describe("chat")).toMatchObject({ desired: 3, ready: 3, minimum: 0 });
  });

  it("throws for one that does not exist, with target, cluster, node group and what to do", async () => {
    const capacity = new EksNodegroupTarget(new FakeEks().client, [POLICY]);
    await expect(capacity.describe("chat")).rejects.toThrow(
      /gpu of the cluster shop, which is the target chat, does not exist: .*correct cluster and nodegroup/,
    );
  });

  it("throws rather than take a missing size for zero", async () => {
    const { capacity, nodegroup } = arranged();
    Object.assign(nodegroup, { desiredSize: undefined });
    await expect(capacity.describe("chat")).rejects.toThrow(/gpu without its sizes.*desiredSize undefined/);
  });

  it("lets other errors through with their names", async () => {
    const { capacity, eks } = arranged();
    eks.outage = new ThrottlingException({ message: "Rate exceeded", $metadata: {} });
    await expect(capacity.describe("chat")).rejects.toMatchObject({ name: "ThrottlingException" });
  });

  it("refuses a policy without the names at once", () => {
    const policy = { ...POLICY, resource: { cluster: "shop" } };
    expect(() => new EksNodegroupTarget(new FakeEks().client, [policy])).toThrow(
      /needs cluster and nodegroup, got: cluster/,
    );
  });

  it("knows only its own kind", async () => {
    const capacity = new EksNodegroupTarget(new FakeEks().client, [POLICY, aPolicy({ id: "other" })]);
    await expect(capacity.describe("other")).rejects.toThrow(/no target "other".*there are: chat$/);
  });
});

describe("following the update that was asked for", () => {
  it("is locked while it is in progress, even if the node group is active", async () => {
    const { capacity, nodegroup } = arranged();
    await capacity.setUnits("chat", 5, "t1");
    nodegroup.status = "ACTIVE";
    expect(await capacity.describe("chat")).toMatchObject({
      ready: 3,
      locked: { why: "the update update-1 of the node group gpu is in progress" },
    });
  });

  it("reports it when it fails, with its errors, until another is asked for", async () => {
    const { capacity, eks } = arranged();
    await capacity.setUnits("chat", 5, "t1");
    eks.finish("shop", "gpu", [{ errorCode: "IpNotAvailable", errorMessage: "subnet-1 is full" }]);
    expect(await capacity.describe("chat")).toMatchObject({
      ready: 3,
      locked: null,
      problem: "the update update-1 failed: IpNotAvailable: subnet-1 is full",
    });
    await capacity.setUnits("chat", 4, "t2");
    eks.finish("shop", "gpu");
    expect(await capacity.describe("chat")).toMatchObject({ ready: 4, problem: null });
  });
});

describe("setting the units of a node group", () => {
  it("names the desired size alone, and a token that EKS takes", async () => {
    const { capacity, eks } = arranged();
    await capacity.setUnits("chat", 5, `chat@1762819500#${"7".repeat(300)}`);
    expect(eks.updateCalls).toEqual([
      {
        clusterName: "shop",
        nodegroupName: "gpu",
        scalingConfig: { desiredSize: 5 },
        clientRequestToken: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
  });

  it("asks with the same token for the same request, and with another for another", async () => {
    const tokens: unknown[] = [];
    for (const [units, token] of [
      [5, "t1"],
      [5, "t1"],
      [6, "t1"],
      [5, "t2"],
    ] as const) {
      const { capacity, eks } = arranged();
      await capacity.setUnits("chat", units, token);
      tokens.push(eks.updateCalls[0]?.clientRequestToken);
    }
    expect(tokens[1]).toBe(tokens[0]);
    expect(new Set(tokens).size).toBe(3);
  });

  it("asks nothing when it stands already", async () => {
    const { capacity, eks } = arranged({ minSize: 1 });
    await capacity.setUnits("chat", 3, "t1");
    await capacity.setMinimum("chat", 1, "t2");
    expect(eks.updateCalls).toEqual([]);
  });

  it.each([
    [11, /11 nodes are above the maxSize of 10/],
    [1, /1 nodes are below the minSize of 2/],
  ])("refuses %i, with both numbers, and moves no limit", async (units, why) => {
    const { capacity, eks } = arranged({ minSize: 2 });
    expect(await capacity.setUnits("chat", units, "t1")).toEqual({
      kind: "refused",
      why: expect.stringMatching(why),
    });
    expect(eks.updateCalls).toEqual([]);
  });

  it("defers when somebody else's change came first", async () => {
    const { capacity, eks, nodegroup } = arranged();
    eks.beforeUpdate = () => {
      nodegroup.status = "UPDATING";
    };
    expect(await capacity.setUnits("chat", 5, "t1")).toEqual({
      kind: "deferred",
      why: expect.stringContaining("not in Active State"),
    });
  });

  it("refuses what EKS refuses, in its words", async () => {
    const { capacity, eks, nodegroup } = arranged();
    eks.beforeUpdate = () => {
      nodegroup.maxSize = 4;
    };
    expect(await capacity.setUnits("chat", 5, "t1")).toEqual({
      kind: "refused",
      why: "InvalidParameterException: desired capacity 5 can't be greater than max size 4",
    });
  });

  it("throws what says nothing about the change", async () => {
    const { capacity, eks } = arranged();
    eks.beforeUpdate = () => {
      throw new AccessDeniedException({ message: "not authorized", $metadata: {} });
    };
    await expect(capacity.setUnits("chat", 5, "t1")).rejects.toThrow("not authorized");
  });
});

describe("setting the minimum of a node group", () => {
  it.each([
    ["moves it alone where there are enough nodes", 2, { minSize: 2 }],
    ["raises the desired size with it where there are not", 6, { minSize: 6, desiredSize: 6 }],
  ])("%s", async (_case, units, scalingConfig) => {
    const { capacity, eks } = arranged();
    expect(await capacity.setMinimum("chat", units, "t1")).toEqual({ kind: "accepted", units });
    expect(eks.updateCalls).toMatchObject([{ scalingConfig }]);
    expect(eks.updateCalls[0]?.scalingConfig).toEqual(scalingConfig);
  });

  it("refuses one above the maximum", async () => {
    const { capacity, eks } = arranged();
    expect(await capacity.setMinimum("chat", 11, "t1")).toEqual({
      kind: "refused",
      why: expect.stringMatching(/11 nodes are above the maxSize of 10/),
    });
    expect(eks.updateCalls).toEqual([]);
  });

  it("defers while the node group is locked", async () => {
    const { capacity } = arranged({ status: "UPDATING" });
    expect((await capacity.setMinimum("chat", 1, "t1")).kind).toBe("deferred");
  });
});
