/** Promotions' timers as one-time schedules of EventBridge Scheduler, which delete themselves when they have fired. */
import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleInput,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import { SCHEDULED_TIME, type TimerInput } from "../../../contract/events.ts";
import { type EpochSeconds, floorTo, MINUTE_SECONDS } from "../../../core/time.ts";
import type { Clock } from "../../../ports/clock.ts";
import type { PromotionTimers } from "../../../ports/promotionTimers.ts";
import { timerName } from "./timerName.ts";

export interface SchedulerOptions {
  readonly groupName: string;
  /** The function that is woken. */
  readonly functionArn: string;
  /** The role under which the Scheduler wakes it. */
  readonly roleArn: string;
  /** The SQS queue for wake-ups that could not be delivered. */
  readonly deadLettersArn: string;
  readonly clock: Clock;
}

/** A promotion has three (ask, start, end). All names up to here are looked after, so that no list is needed. */
const TIMERS_AT_MOST = 5;

/** The Scheduler's default is 185 attempts in 24 hours; a late wake-up is worth nothing, since every tick looks anyway. */
const RETRIES = { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 300 } as const;

export class SchedulerPromotionTimers implements PromotionTimers {
  private readonly client: SchedulerClient;
  private readonly options: SchedulerOptions;

  constructor(client: SchedulerClient, options: SchedulerOptions) {
    this.client = client;
    this.options = options;
  }

  /**
   * Instants are rounded down to the minute, the Scheduler's precision: waking early costs a look, waking late costs
   * lead time. Those in this minute or before are left out, since the Scheduler takes no past ones and the next tick
   * looks anyway. Throws a RangeError for more than five.
   */
  async set(target: string, promotion: string, at: readonly EpochSeconds[]): Promise<void> {
    const now = this.options.clock.now();
    const minutes = [...new Set(at.map((each) => floorTo(each, MINUTE_SECONDS)))].filter(
      (each) => each > now,
    );
    if (minutes.length > TIMERS_AT_MOST) {
      throw new RangeError(
        `a promotion has at most ${TIMERS_AT_MOST} timers, got ${minutes.length} for ${promotion} of ${target}; leave some out`,
      );
    }
    await allOf([
      ...minutes.map((each, index) => this.put(this.schedule(target, promotion, index, each))),
      ...this.removeFrom(minutes.length, target, promotion),
    ]);
  }

  async clear(target: string, promotion: string): Promise<void> {
    await allOf(this.removeFrom(0, target, promotion));
  }

  /** The complete definition: an update resets whatever it does not name. */
  private schedule(target: string, promotion: string, index: number, at: EpochSeconds): CreateScheduleInput {
    const { groupName, functionArn, roleArn, deadLettersArn } = this.options;
    const input: TimerInput = { kind: "timer", target, promotion, scheduledTime: SCHEDULED_TIME };
    return {
      Name: timerName(target, promotion, index),
      GroupName: groupName,
      ScheduleExpression: `at(${new Date(at * 1000).toISOString().slice(0, "yyyy-mm-ddThh:mm:ss".length)})`,
      ScheduleExpressionTimezone: "UTC",
      FlexibleTimeWindow: { Mode: "OFF" },
      ActionAfterCompletion: "DELETE",
      State: "ENABLED",
      Target: {
        Arn: functionArn,
        RoleArn: roleArn,
        Input: JSON.stringify(input),
        RetryPolicy: RETRIES,
        DeadLetterConfig: { Arn: deadLettersArn },
      },
    };
  }

  private async put(schedule: CreateScheduleInput): Promise<void> {
    try {
      await this.client.send(new CreateScheduleCommand(schedule));
    } catch (error) {
      if (error instanceof ResourceNotFoundException) throw this.withoutGroup(error);
      if (!(error instanceof ConflictException)) throw error;
      await this.client.send(new UpdateScheduleCommand(schedule));
    }
  }

  private removeFrom(first: number, target: string, promotion: string): Promise<void>[] {
    const names = Array.from({ length: TIMERS_AT_MOST }, (_, index) => timerName(target, promotion, index));
    return names.slice(first).map((name) => this.remove(name));
  }

  private async remove(name: string): Promise<void> {
    try {
      await this.client.send(new DeleteScheduleCommand({ Name: name, GroupName: this.options.groupName }));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
  }

  private withoutGroup(cause: ResourceNotFoundException): Error {
    return new Error(
      `a timer could not be made in the schedule group ${this.options.groupName}: ${cause.message}; deploy the stack again`,
      { cause },
    );
  }
}

/** Waits for all, so that one that fails stops no other, and then throws what failed first. */
async function allOf(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((each) => each.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
