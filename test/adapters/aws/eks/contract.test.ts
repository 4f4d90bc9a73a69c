/** Node groups keep the contract of capacity targets, whether nodes take time or come at once. */
import { EksNodegroupTarget } from "../../../../lib/adapters/aws/eks/eksNodegroupTarget.ts";
import {
  type CapacityTargetUnderTest,
  describeCapacityTargetContract,
} from "../../../contract/capacityTarget.contract.ts";
import { aPolicy } from "../../../core/arrange.ts";
import { FakeEks, type FakeNodegroup } from "../fakes/eks.ts";

async function nodegroups(
  atOnce: boolean,
  limitBy: (nodegroup: FakeNodegroup, units: number) => void,
): Promise<CapacityTargetUnderTest> {
  const eks = new FakeEks({ atOnce });
  const policies = ["chat", "chat-2"].map((id) =>
    aPolicy({ id, kind: "eks-nodegroup", resource: { cluster: "shop", nodegroup: id } }),
  );
  return {
    capacity: new EksNodegroupTarget(eks.client, policies),
    add: async (target, desiredSize) => {
      eks.add("shop", target, { desiredSize });
    },
    becomeReady: async (target) => eks.finish("shop", target),
    lock: async (target) => {
      eks.of("shop", target).status = "UPDATING";
    },
    limit: async (target, units) => limitBy(eks.of("shop", target), units),
    reportProblem: async (target, message) => {
      const nodegroup = eks.of("shop", target);
      nodegroup.status = "DEGRADED";
      nodegroup.issues = [{ code: "AsgInstanceLaunchFailures", message }];
    },
  };
}

describeCapacityTargetContract("EKS node group, nodes take time, limited by its maximum", () =>
  nodegroups(false, (nodegroup, units) => {
    nodegroup.maxSize = units;
  }),
);

describeCapacityTargetContract("EKS node group, nodes come at once, limited by a quota", () =>
  nodegroups(true, (nodegroup, units) => {
    nodegroup.quota = units;
  }),
);
