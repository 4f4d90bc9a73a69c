/** Floor mode over SageMaker keeps the whole contract of capacity targets, minimums included. */
import type { TargetPolicy } from "../../../../lib/core/policy.ts";
import {
  type CapacityTargetUnderTest,
  describeCapacityTargetContract,
} from "../../../contract/capacityTarget.contract.ts";
import { aComponent, aVariant } from "../sagemaker/arrange.ts";
import { Account, COMPONENT_DIMENSION } from "./arrange.ts";

const floored = (policyOf: (id: string) => TargetPolicy): readonly TargetPolicy[] =>
  ["chat", "chat-2"].map((id) => ({ ...policyOf(id), mode: "floor" }));

async function overVariants(): Promise<CapacityTargetUnderTest> {
  const account = new Account();
  const { sageMaker } = account;
  return {
    capacity: account.wakeUp(floored((id) => aVariant(id))),
    fewestUnits: 1,
    add: async (target, units) => account.addRegistered(target, units),
    becomeReady: async (target) => sageMaker.settleEndpoint(target),
    lock: async (target) => {
      sageMaker.endpoint(target).status = "SystemUpdating";
    },
    limit: async (target, units) => {
      sageMaker.endpoint(target).quota = units;
    },
    reportProblem: async (target, words) => {
      sageMaker.endpoint(target).failureReason = words;
    },
  };
}

async function overComponents(): Promise<CapacityTargetUnderTest> {
  const account = new Account();
  const { sageMaker, autoScaling } = account;
  return {
    capacity: account.wakeUp(floored((id) => aComponent(id))),
    add: async (target, units) => {
      sageMaker.addComponent(target, units);
      const resourceId = `inference-component/${target}`;
      autoScaling.add({ resourceId, dimension: COMPONENT_DIMENSION, minimum: 1, maximum: 20 });
    },
    becomeReady: async (target) => sageMaker.settleComponent(target),
    lock: async (target) => {
      sageMaker.component(target).status = "Updating";
    },
    limit: async (target, units) => {
      sageMaker.component(target).quota = units;
    },
    reportProblem: async (target, words) => {
      sageMaker.component(target).failureReason = words;
    },
  };
}

describeCapacityTargetContract("floor mode over a SageMaker variant", overVariants);
describeCapacityTargetContract("floor mode over an inference component", overComponents);
