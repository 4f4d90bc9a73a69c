/** A runtime over in-memory twins, the contexts of its invocations, and ears for what it logs and counts. */

import { Logger } from "@aws-lambda-powertools/logger";
import { jest } from "@jest/globals";
import type { Context } from "aws-lambda";
import type { Runtime } from "../../functions/lambda/runtime.ts";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import type { Promotion } from "../../lib/core/promotion.ts";
import type { EpochSeconds } from "../../lib/core/time.ts";
import type { FloorRecord } from "../../lib/ports/floorStore.ts";
import { withPolicyPromotions } from "../../lib/usecases/policyPromotions.ts";
import { aLockingPolicy } from "../core/arrange.ts";
import { aWorld, publishLoad, START, type TestWorld } from "../usecases/arrange.ts";

export const ACCOUNT = "111122223333";
export const PREFIX = "Forewarm/";

export interface TestRuntime extends Runtime {
  readonly twins: TestWorld;
  readonly counts: Map<string, number>;
  readonly logged: { readonly message: unknown; readonly fields: unknown }[];
  readonly timersSet: Map<string, readonly EpochSeconds[]>;
  readonly floorRecords: Map<string, FloorRecord>;
  readonly restored: string[];
  readonly signals: AbortSignal[];
}

/** Two targets of two units under a steady load that two units carry, unless said otherwise. */
export function aRuntime(
  policies: readonly TargetPolicy[] = [aLockingPolicy(), aLockingPolicy({ id: "search" })],
  promotions: readonly Promotion[] = [],
): TestRuntime {
  const twins = aWorld();
  for (const { id } of policies) {
    twins.capacity.add(id, 2, { locksWhileChanging: true });
    publishLoad(twins, id, 100);
  }
  const counts = new Map<string, number>();
  const logged: TestRuntime["logged"] = [];
  const timersSet = new Map<string, readonly EpochSeconds[]>();
  const floorRecords = new Map<string, FloorRecord>();
  const restored: string[] = [];
  const signals: AbortSignal[] = [];
  return {
    policy: { targets: policies, promotions },
    clock: twins.clock,
    alarmPrefix: PREFIX,
    twins,
    counts,
    logged,
    timersSet,
    floorRecords,
    restored,
    signals,
    world: () => ({ ...twins, promotions: withPolicyPromotions(twins.promotions, promotions) }),
    telemetry: {
      logger: listenedTo(logged),
      count: (metric, by) => {
        if (by > 0) counts.set(metric, (counts.get(metric) ?? 0) + by);
      },
      flush: () => undefined,
    },
    timers: {
      set: async (target, promotion, at) => {
        timersSet.set(`${target} ${promotion}`, at);
      },
      clear: async (target, promotion) => {
        timersSet.delete(`${target} ${promotion}`);
      },
    },
    floors: {
      get: async (target) => floorRecords.get(target) ?? null,
      put: async (record) => {
        floorRecords.set(record.target, record);
      },
      list: async () => [...floorRecords.values()],
      remove: async (target) => {
        floorRecords.delete(target);
      },
    },
    restoreFloor: async ({ target }) => {
      restored.push(target);
      floorRecords.delete(target);
    },
    stopWith: (signal) => {
      signals.push(signal);
    },
  };
}

function listenedTo(logged: TestRuntime["logged"]): Logger {
  const logger = new Logger({ logLevel: "SILENT" });
  for (const level of ["info", "warn", "error"] as const) {
    jest.spyOn(logger, level).mockImplementation((message: unknown, ...fields: unknown[]) => {
      logged.push({ message, fields: fields[0] });
    });
  }
  return logger;
}

let requests = 0;

/** The context of one invocation; each has a request id of its own. */
export function aContext(parts: Partial<Context> = {}): Context {
  const awsRequestId = `request-${requests++}`;
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: "forewarm-test",
    functionVersion: "1",
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:forewarm-test`,
    memoryLimitInMB: "512",
    awsRequestId,
    logGroupName: "group",
    logStreamName: "stream",
    getRemainingTimeInMillis: () => 55_000,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
    ...parts,
  };
}

export const isoAt = (at: EpochSeconds): string => new Date(at * 1000).toISOString();

export function aFloorRecord(target: string): FloorRecord {
  return {
    target,
    resourceId: `endpoint/${target}/variant/AllTraffic`,
    dimension: "sagemaker:variant:DesiredInstanceCount",
    originalMinimum: 1,
    lastSet: 4,
    since: START,
  };
}
