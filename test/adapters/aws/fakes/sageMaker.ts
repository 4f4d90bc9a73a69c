/**
 * SageMaker behind the real client: endpoints with several variants and inference components, which are `Updating` from
 * a change until a test lets them settle.
 */
import {
  ResourceLimitExceeded,
  SageMakerClient,
  SageMakerServiceException,
  type UpdateEndpointWeightsAndCapacitiesInput,
  type UpdateInferenceComponentRuntimeConfigInput,
} from "@aws-sdk/client-sagemaker";
import type { EpochSeconds } from "../../../../lib/core/time.ts";
import { NOW } from "../../../core/arrange.ts";
import type { ScaledResources } from "./applicationAutoScaling.ts";
import {
  atRest,
  type Counts,
  componentAnswer,
  countsOf,
  endpointAnswer,
  type FakeComponent,
  type FakeEndpoint,
  INSUFFICIENT,
  settle,
} from "./sageMakerStates.ts";

export interface SageMakerCall {
  readonly command: string;
  readonly input: unknown;
}

export class FakeSageMaker implements ScaledResources {
  readonly client = new SageMakerClient({ region: "eu-west-1" });
  readonly calls: SageMakerCall[] = [];
  /** The time of changes from now on. */
  now: EpochSeconds = NOW;
  /** The error that a command fails with, or null. */
  failing: (command: string) => Error | null = () => null;
  private readonly endpoints = new Map<string, FakeEndpoint>();
  private readonly components = new Map<string, FakeComponent>();

  constructor() {
    this.client.middlewareStack.add(
      (_next, context) => async (args) => ({
        output: { ...this.answer(String(context.commandName), args.input), $metadata: {} },
        response: {},
      }),
      { step: "initialize", priority: "high" },
    );
  }

  /** An endpoint at rest with so many instances in each variant. */
  addEndpoint(name: string, variants: Readonly<Record<string, number>>, asynchronous = false): FakeEndpoint {
    const endpoint: FakeEndpoint = {
      ...atRest(),
      status: "InService",
      asynchronous,
      variants: new Map(Object.entries(variants).map(([variant, units]) => [variant, countsOf(units)])),
      shadows: new Map(),
      started: new Map(),
    };
    this.endpoints.set(name, endpoint);
    return endpoint;
  }

  addComponent(name: string, copies: number): FakeComponent {
    const component: FakeComponent = { ...atRest(), ...countsOf(copies), status: "InService" };
    this.components.set(name, component);
    return component;
  }

  endpoint(name: string): FakeEndpoint {
    const endpoint = this.endpoints.get(name);
    if (endpoint !== undefined) return endpoint;
    throw validation(`Could not find endpoint "arn:aws:sagemaker:eu-west-1:111122223333:endpoint/${name}".`);
  }

  component(name: string): FakeComponent {
    const component = this.components.get(name);
    if (component !== undefined) return component;
    const arn = `arn:aws:sagemaker:eu-west-1:111122223333:inference-component/${name}`;
    throw validation(`Could not find inference component "${arn}".`);
  }

  variant(endpoint: string, name: string): Counts {
    const variant = this.endpoint(endpoint).variants.get(name);
    if (variant !== undefined) return variant;
    throw validation(`Could not find variant "${name}" of endpoint "${endpoint}".`);
  }

  /** No instance is to be had: the change is being undone, and the endpoint settles with the old count and the reason. */
  lackCapacity(endpoint: string): void {
    Object.assign(this.endpoint(endpoint), { status: "RollingBack", failing: INSUFFICIENT });
  }

  /** What is under way comes to its end. */
  settleEndpoint(name: string): void {
    const endpoint = this.endpoint(name);
    for (const variant of endpoint.variants.values()) settle(variant, endpoint.failing);
    endpoint.started.clear();
    Object.assign(endpoint, { status: "InService", failureReason: endpoint.failing, failing: null });
  }

  settleComponent(name: string): void {
    const component = this.component(name);
    settle(component, component.failing);
    Object.assign(component, { status: "InService", failureReason: component.failing, failing: null });
  }

  commands(name: string): readonly unknown[] {
    return this.calls.filter(({ command }) => command === `${name}Command`).map(({ input }) => input);
  }

  capacityOf(resourceId: string): number {
    const [endpoint, variant] = variantIn(resourceId);
    return endpoint === undefined || variant === undefined
      ? this.component(componentIn(resourceId)).desired
      : this.variant(endpoint, variant).desired;
  }

  moveTo(resourceId: string, units: number): void {
    const [endpoint, variant] = variantIn(resourceId);
    if (endpoint === undefined || variant === undefined) this.setCopies(componentIn(resourceId), units);
    else this.setInstances(endpoint, variant, units);
  }

  private answer(command: string, input: object): object {
    this.calls.push({ command, input });
    const failure = this.failing(command);
    if (failure !== null) throw failure;
    switch (command) {
      case "DescribeEndpointCommand": {
        const name = nameIn(input, "EndpointName");
        return endpointAnswer(name, this.endpoint(name));
      }
      case "DescribeInferenceComponentCommand": {
        const name = nameIn(input, "InferenceComponentName");
        return componentAnswer(name, this.component(name));
      }
      case "UpdateEndpointWeightsAndCapacitiesCommand":
        return this.updateCapacities(input as UpdateEndpointWeightsAndCapacitiesInput);
      case "UpdateInferenceComponentRuntimeConfigCommand": {
        const { InferenceComponentName, DesiredRuntimeConfig } =
          input as UpdateInferenceComponentRuntimeConfigInput;
        this.setCopies(String(InferenceComponentName), Number(DesiredRuntimeConfig?.CopyCount));
        return { InferenceComponentArn: "arn" };
      }
      default:
        throw new Error(`the fake does not answer ${command}`);
    }
  }

  private updateCapacities({
    EndpointName,
    DesiredWeightsAndCapacities = [],
  }: UpdateEndpointWeightsAndCapacitiesInput): object {
    const name = String(EndpointName);
    const [first, ...others] = DesiredWeightsAndCapacities;
    if (first === undefined || others.length > 0) {
      throw validation("the capacity of one variant can be updated at a time");
    }
    this.setInstances(name, String(first.VariantName), Number(first.DesiredInstanceCount));
    return { EndpointArn: "arn" };
  }

  private setInstances(name: string, variantName: string, units: number): void {
    const endpoint = this.endpoint(name);
    const variant = this.variant(name, variantName);
    if (endpoint.status !== "InService") {
      throw validation(
        `Cannot update in-progress endpoint "arn:aws:sagemaker:eu-west-1:1:endpoint/${name}".`,
      );
    }
    if (units < 1 && !endpoint.asynchronous) throw validation("DesiredInstanceCount must be at least 1");
    checkQuota(units, endpoint.quota);
    variant.desired = units;
    endpoint.started.set(variantName, this.now);
    Object.assign(endpoint, { status: "Updating", lastModified: this.now, failureReason: null });
  }

  private setCopies(name: string, copies: number): void {
    const component = this.component(name);
    if (component.status !== "InService") {
      throw validation(`Cannot update in-progress inference component "${name}".`);
    }
    checkQuota(copies, component.quota);
    component.desired = copies;
    Object.assign(component, { status: "Updating", lastModified: this.now, failureReason: null });
  }
}

/** An error as the service throws it that has no class of its own. */
export function serviceError(name: string, message: string): SageMakerServiceException {
  return new SageMakerServiceException({ name, message, $fault: "client", $metadata: {} });
}

const validation = (message: string): Error => serviceError("ValidationException", message);

function checkQuota(units: number, quota: number): void {
  if (units <= quota) return;
  const limit = "The account-level service limit 'ml.g5.2xlarge for endpoint usage'";
  throw new ResourceLimitExceeded({ message: `${limit} is ${quota} Instances`, $metadata: {} });
}

function nameIn(input: object, key: string): string {
  return String(new Map<string, unknown>(Object.entries(input)).get(key));
}

function variantIn(resourceId: string): readonly (string | undefined)[] {
  return /^endpoint\/([^/]+)\/variant\/([^/]+)$/.exec(resourceId)?.slice(1) ?? [];
}

function componentIn(resourceId: string): string {
  return resourceId.replace(/^inference-component\//, "");
}
