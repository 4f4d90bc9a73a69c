/** Application Auto Scaling behind the real client: scalable targets that keep what a call does not name. */
import {
  ApplicationAutoScalingClient,
  ApplicationAutoScalingServiceException,
  type DescribeScalableTargetsRequest,
  type RegisterScalableTargetRequest,
  type ScalableTarget,
} from "@aws-sdk/client-application-auto-scaling";

/** What scalable targets scale. */
export interface ScaledResources {
  readonly capacityOf: (resourceId: string) => number;
  readonly moveTo: (resourceId: string, units: number) => void;
}

/** The service's limit for one DescribeScalableTargets. */
const MOST_IDS = 50;

export class FakeApplicationAutoScaling {
  readonly client = new ApplicationAutoScalingClient({ region: "eu-west-1" });
  readonly registerCalls: RegisterScalableTargetRequest[] = [];
  readonly describeCalls: DescribeScalableTargetsRequest[] = [];
  /** The error that a command fails with, or null. */
  failing: (command: string) => Error | null = () => null;
  /** Scalable targets on a page. */
  pageSize = 50;
  private readonly resources: ScaledResources;
  private readonly targets = new Map<string, ScalableTarget>();

  constructor(resources: ScaledResources) {
    this.resources = resources;
    this.client.middlewareStack.add(
      (_next, context) => async (args) => ({
        output: { ...this.answer(String(context.commandName), args.input), $metadata: {} },
        response: {},
      }),
      { step: "initialize", priority: "high" },
    );
  }

  /** A scalable target that somebody has registered. It moves nothing. */
  add(target: {
    readonly resourceId: string;
    readonly dimension: ScalableTarget["ScalableDimension"];
    readonly minimum: number;
    readonly maximum: number;
  }): void {
    const { resourceId, dimension, minimum, maximum } = target;
    this.targets.set(keyOf(resourceId, dimension), {
      ServiceNamespace: "sagemaker",
      ResourceId: resourceId,
      ScalableDimension: dimension,
      MinCapacity: minimum,
      MaxCapacity: maximum,
      RoleARN: "arn:aws:iam::111122223333:role/aws-service-role/scaling",
      CreationTime: new Date(0),
      SuspendedState: { DynamicScalingInSuspended: true },
    });
  }

  of(resourceId: string, dimension: ScalableTarget["ScalableDimension"]): ScalableTarget | undefined {
    return this.targets.get(keyOf(resourceId, dimension));
  }

  remove(resourceId: string, dimension: ScalableTarget["ScalableDimension"]): void {
    this.targets.delete(keyOf(resourceId, dimension));
  }

  private answer(command: string, input: object): object {
    if (command === "DescribeScalableTargetsCommand") {
      const call = input as DescribeScalableTargetsRequest;
      this.describeCalls.push(call);
      this.failIfAsked(command);
      return this.describe(call);
    }
    if (command !== "RegisterScalableTargetCommand") throw new Error(`the fake does not answer ${command}`);
    const call = input as RegisterScalableTargetRequest;
    this.registerCalls.push(call);
    this.failIfAsked(command);
    this.register(call);
    return { ScalableTargetARN: "arn" };
  }

  private failIfAsked(command: string): void {
    const failure = this.failing(command);
    if (failure !== null) throw failure;
  }

  private describe({ ResourceIds = [], ScalableDimension, NextToken }: DescribeScalableTargetsRequest) {
    if (ResourceIds.length > MOST_IDS) throw scalingError("ValidationException", "too many resource ids");
    const found = [...this.targets.values()].filter(
      (each) =>
        ResourceIds.includes(String(each.ResourceId)) &&
        (ScalableDimension === undefined || each.ScalableDimension === ScalableDimension),
    );
    const from = Number(NextToken ?? 0);
    const next = from + this.pageSize;
    return {
      ScalableTargets: found.slice(from, next),
      ...(next < found.length ? { NextToken: String(next) } : {}),
    };
  }

  /** An upsert; it moves the capacity into the limits at once, whether or not it changed them. */
  private register(call: RegisterScalableTargetRequest): void {
    const { ResourceId, ScalableDimension, MinCapacity, MaxCapacity, SuspendedState } = call;
    const resourceId = String(ResourceId);
    const before = this.targets.get(keyOf(resourceId, ScalableDimension));
    const minimum = MinCapacity ?? before?.MinCapacity;
    const maximum = MaxCapacity ?? before?.MaxCapacity;
    if (minimum === undefined || maximum === undefined) {
      throw scalingError("ValidationException", "a new scalable target needs MinCapacity and MaxCapacity");
    }
    if (minimum > maximum) {
      throw scalingError("ValidationException", "MinCapacity must not be above MaxCapacity");
    }
    const capacity = this.resources.capacityOf(resourceId);
    const within = Math.min(maximum, Math.max(minimum, capacity));
    if (within !== capacity) this.resources.moveTo(resourceId, within);
    this.add({ resourceId, dimension: ScalableDimension, minimum, maximum });
    const suspended = SuspendedState ?? before?.SuspendedState;
    Object.assign(this.targets.get(keyOf(resourceId, ScalableDimension)) ?? {}, {
      SuspendedState: suspended,
    });
  }
}

/** An error as the service throws it. */
export function scalingError(name: string, message: string): ApplicationAutoScalingServiceException {
  return new ApplicationAutoScalingServiceException({ name, message, $fault: "client", $metadata: {} });
}

function keyOf(resourceId: string, dimension: ScalableTarget["ScalableDimension"]): string {
  return `${resourceId} ${dimension}`;
}
