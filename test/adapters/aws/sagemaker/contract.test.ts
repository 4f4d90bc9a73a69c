/** Variants, asynchronous variants and inference components of SageMaker keep the contract of capacity targets. */
import { SageMakerComponentTarget } from "../../../../lib/adapters/aws/sagemaker/sageMakerComponentTarget.ts";
import { SageMakerVariantTarget } from "../../../../lib/adapters/aws/sagemaker/sageMakerVariantTarget.ts";
import {
  type CapacityTargetUnderTest,
  describeCapacityUnitsContract,
} from "../../../contract/capacityTarget.contract.ts";
import { FakeSageMaker } from "../fakes/sageMaker.ts";
import { aComponent, aVariant } from "./arrange.ts";

async function variants(
  kind: "sagemaker-variant" | "sagemaker-async-variant",
  fewestUnits: 0 | 1,
): Promise<CapacityTargetUnderTest> {
  const sageMaker = new FakeSageMaker();
  const policies = ["chat", "chat-2"].map((id) => aVariant(id, { kind }));
  return {
    capacity: new SageMakerVariantTarget(sageMaker.client, policies),
    fewestUnits,
    add: async (target, units) => {
      sageMaker.addEndpoint(target, { AllTraffic: units, Other: 1 }, kind === "sagemaker-async-variant");
    },
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

describeCapacityUnitsContract("SageMaker variant", () => variants("sagemaker-variant", 1));
describeCapacityUnitsContract("SageMaker async variant", () => variants("sagemaker-async-variant", 0));

async function components(): Promise<CapacityTargetUnderTest> {
  const sageMaker = new FakeSageMaker();
  return {
    capacity: new SageMakerComponentTarget(
      sageMaker.client,
      ["chat", "chat-2"].map((id) => aComponent(id)),
    ),
    add: async (target, units) => {
      sageMaker.addComponent(target, units);
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

describeCapacityUnitsContract("SageMaker inference component", components);
