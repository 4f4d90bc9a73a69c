/** The runtime as it is deployed: environment and policy are read, and clients built, once for each process. */
import { restoreFloor } from "../../lib/adapters/aws/autoscaling/restoreFloor.ts";
import { CloudWatchAlarmWatch } from "../../lib/adapters/aws/cloudwatch/cloudWatchAlarmWatch.ts";
import { CloudWatchMetricSource } from "../../lib/adapters/aws/cloudwatch/cloudWatchMetricSource.ts";
import { DynamoDecisionLog } from "../../lib/adapters/aws/dynamo/dynamoDecisionLog.ts";
import { DynamoFloorStore } from "../../lib/adapters/aws/dynamo/dynamoFloorStore.ts";
import { DynamoForecastStore } from "../../lib/adapters/aws/dynamo/dynamoForecastStore.ts";
import { DynamoMemoryStore } from "../../lib/adapters/aws/dynamo/dynamoMemoryStore.ts";
import { DynamoOverrideStore } from "../../lib/adapters/aws/dynamo/dynamoOverrideStore.ts";
import { DynamoPromotionStore } from "../../lib/adapters/aws/dynamo/dynamoPromotionStore.ts";
import { DynamoTable } from "../../lib/adapters/aws/dynamo/dynamoTable.ts";
import { DynamoUnitLoadStore } from "../../lib/adapters/aws/dynamo/dynamoUnitLoadStore.ts";
import { DynamoUpliftStore } from "../../lib/adapters/aws/dynamo/dynamoUpliftStore.ts";
import { EventBridgeNotifier } from "../../lib/adapters/aws/notify/eventBridgeNotifier.ts";
import { NotifierToAll } from "../../lib/adapters/aws/notify/notifierToAll.ts";
import { SnsNotifier } from "../../lib/adapters/aws/notify/snsNotifier.ts";
import { SchedulerPromotionTimers } from "../../lib/adapters/aws/scheduler/schedulerPromotionTimers.ts";
import { SystemClock } from "../../lib/adapters/system/systemClock.ts";
import { POLICY_FILE } from "../../lib/contract/environment.ts";
import type { Policy } from "../../lib/core/policy.ts";
import type { Clock } from "../../lib/ports/clock.ts";
import { withPolicyPromotions } from "../../lib/usecases/policyPromotions.ts";
import type { World } from "../../lib/usecases/world.ts";
import { awsCapacity } from "./awsCapacity.ts";
import { type Clients, makeClients } from "./clients.ts";
import { readDeployedPolicy } from "./deployedPolicy.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import type { Runtime } from "./runtime.ts";
import { makeTelemetry, type Telemetry } from "./telemetry.ts";

/** Reads the environment and the policy beside the code. Throws when either is missing: the deploy is broken. */
export function deployedRuntime(besideCode: string): Runtime {
  const environment = readEnvironment(process.env);
  return runtimeOf({
    environment,
    policy: readDeployedPolicy(new URL(POLICY_FILE, besideCode)),
    clients: makeClients(),
    clock: new SystemClock(),
    telemetry: makeTelemetry(environment.service),
  });
}

export interface Parts {
  readonly environment: Environment;
  readonly policy: Policy;
  readonly clients: Clients;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** The runtime over given clients. */
export function runtimeOf({ environment, policy, clients, clock, telemetry }: Parts): Runtime {
  const table = new DynamoTable(clients.documents, environment.table);
  const floors = new DynamoFloorStore(table);
  return {
    policy,
    clock,
    telemetry,
    alarmPrefix: environment.alarmPrefix,
    floors,
    world: () => worldOf({ environment, policy, clients, clock, telemetry }, table, floors),
    timers: new SchedulerPromotionTimers(clients.scheduler, {
      groupName: environment.timerGroup,
      functionArn: environment.timerFunctionArn,
      roleArn: environment.timerRoleArn,
      deadLettersArn: environment.timerDeadLettersArn,
      clock,
    }),
    restoreFloor: (record) => restoreFloor(clients.autoScaling, floors, record),
    stopWith: clients.stopWith,
  };
}

function worldOf(
  { environment, policy, clients, clock }: Parts,
  table: DynamoTable,
  floors: DynamoFloorStore,
): World {
  return {
    clock,
    metrics: new CloudWatchMetricSource(clients.cloudWatch, policy.targets),
    alarms: new CloudWatchAlarmWatch(clients.cloudWatch, environment.alarmPrefix),
    capacity: awsCapacity(clients, policy.targets, floors, clock),
    forecasts: new DynamoForecastStore(table),
    memories: new DynamoMemoryStore(table),
    promotions: withPolicyPromotions(new DynamoPromotionStore(table), policy.promotions),
    uplifts: new DynamoUpliftStore(table),
    unitLoads: new DynamoUnitLoadStore(table),
    overrides: new DynamoOverrideStore(table),
    decisions: new DynamoDecisionLog(table),
    notifier: new NotifierToAll([
      new SnsNotifier(clients.sns, environment.topicArn),
      new EventBridgeNotifier(clients.eventBridge, environment.eventBusName),
    ]),
  };
}
