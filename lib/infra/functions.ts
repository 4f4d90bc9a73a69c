/** The functions: same runtime, patience and dead letters for all, a role and a log group for each. */
import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { Policy } from "../core/policy.ts";
import { codeOf } from "./bundles.ts";
import { OLDEST_EVENT } from "./deadLetters.ts";
import { FUNCTION_NAMES, type FunctionName, functionNameOf, logGroupNameOf } from "./functionNames.ts";

export type Functions = Readonly<Record<FunctionName, LambdaFunction>>;
export type Roles = Readonly<Record<FunctionName, Role>>;

interface Size {
  readonly id: string;
  readonly description: string;
  readonly memoryMb: number;
  readonly timeout: Duration;
}

const MEMORY_MB = 512;
/** Less than a lease lasts (50 s): nobody acts on a target that somebody else has taken over. */
const TIMEOUT = Duration.seconds(45);

const SIZES: Readonly<Record<FunctionName, Size>> = {
  "on-alarm": {
    id: "OnAlarm",
    description: "Looks at a target whose alarm changed",
    memoryMb: MEMORY_MB,
    timeout: TIMEOUT,
  },
  "on-tick": {
    id: "OnTick",
    description: "Looks at all targets every minute",
    memoryMb: 1024,
    timeout: TIMEOUT,
  },
  "on-endpoint-change": {
    id: "OnEndpointChange",
    description: "Looks at the targets of an endpoint that changed",
    memoryMb: MEMORY_MB,
    timeout: TIMEOUT,
  },
  "on-promotion": {
    id: "OnPromotion",
    description: "Announces and withdraws promotions, and looks at their targets in time",
    memoryMb: MEMORY_MB,
    timeout: TIMEOUT,
  },
  "build-forecast": {
    id: "BuildForecast",
    description: "Fits the forecasts anew from the history",
    // A whole processor; fitting keeps it busy.
    memoryMb: 1769,
    timeout: Duration.minutes(5),
  },
  "on-removal": {
    id: "OnRemoval",
    description: "Puts floors back when targets or the stack go",
    memoryMb: MEMORY_MB,
    timeout: TIMEOUT,
  },
};

/**
 * A wake-up makes much that is thrown away at once; a small nursery keeps it from growing the process. Measured with
 * `npm run bench:tick`: 200 targets in 202 instead of 286 MB, in the same time.
 */
const NODE_OPTIONS = "--max-semi-space-size=4";

/** Made before the functions, so that rights can be given to a role that a function's environment names. */
export function makeRoles(scope: Construct): Roles {
  const assumedBy = new ServicePrincipal("lambda.amazonaws.com");
  return forEachFunction((name) => new Role(scope, `${SIZES[name].id}Role`, { assumedBy }));
}

export interface FunctionParts {
  readonly bundleFolder: string;
  readonly policy: Policy;
  readonly roles: Roles;
  readonly environment: Readonly<Record<string, string>>;
  readonly deadLetters: IQueue;
  readonly logRetention: RetentionDays;
}

export function makeFunctions(scope: Construct, parts: FunctionParts): Functions {
  const { stackName } = Stack.of(scope);
  const onFailure = new SqsDestination(parts.deadLetters);
  return forEachFunction((name) => {
    const { id, description, memoryMb, timeout } = SIZES[name];
    const role = parts.roles[name];
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      logGroupName: logGroupNameOf(stackName, name),
      retention: parts.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(role);
    return new LambdaFunction(scope, id, {
      functionName: functionNameOf(stackName, name),
      description: `Forewarm: ${description}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: codeOf(parts.bundleFolder, name, parts.policy),
      memorySize: memoryMb,
      timeout,
      role,
      logGroup,
      environment: { ...parts.environment, NODE_OPTIONS },
      retryAttempts: 1,
      maxEventAge: OLDEST_EVENT,
      onFailure,
    });
  });
}

function forEachFunction<T>(make: (name: FunctionName) => T): Readonly<Record<FunctionName, T>> {
  return Object.fromEntries(FUNCTION_NAMES.map((name) => [name, make(name)])) as Record<FunctionName, T>;
}
