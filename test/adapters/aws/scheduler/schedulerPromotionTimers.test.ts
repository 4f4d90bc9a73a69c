import { SchedulerServiceException } from "@aws-sdk/client-scheduler";
import { describe, expect, it } from "@jest/globals";
import { SchedulerPromotionTimers } from "../../../../lib/adapters/aws/scheduler/schedulerPromotionTimers.ts";
import { ManualClock } from "../../../../lib/adapters/memory/manualClock.ts";
import { describePromotionTimersContract } from "../../../contract/promotionTimers.contract.ts";
import { instant, minutes, NOW } from "../../../core/arrange.ts";
import { FakeScheduler } from "../fakes/scheduler.ts";

const GROUP = "forewarm-promotions";
const OPTIONS = {
  groupName: GROUP,
  functionArn: "arn:aws:lambda:eu-west-1:111122223333:function:on-promotion",
  roleArn: "arn:aws:iam::111122223333:role/timers",
  deadLettersArn: "arn:aws:sqs:eu-west-1:111122223333:dead-letters",
};

interface Arranged {
  readonly scheduler: FakeScheduler;
  readonly timers: SchedulerPromotionTimers;
}

function arranged(now = NOW): Arranged {
  const clock = new ManualClock(now);
  const scheduler = new FakeScheduler(GROUP, clock);
  return { scheduler, timers: new SchedulerPromotionTimers(scheduler.client, { ...OPTIONS, clock }) };
}

const denied = (message: string): SchedulerServiceException =>
  new SchedulerServiceException({ name: "AccessDeniedException", $fault: "client", message, $metadata: {} });

describePromotionTimersContract("EventBridge Scheduler", async () => {
  const { scheduler, timers } = arranged();
  return {
    timers,
    planned: async (target, promotion) => scheduler.instantsOf({ target, promotion }),
    failAll: async (why) => {
      scheduler.outage = denied(why);
    },
  };
});

describe("a timer in EventBridge Scheduler", () => {
  it("is a one-time schedule in UTC that deletes itself and gives up early", async () => {
    const { scheduler, timers } = arranged();
    await timers.set("chat", "11.11@2025-11-11T16:00Z", [instant("2025-11-11T15:52:30Z")]);
    expect([...scheduler.schedules.values()]).toEqual([
      {
        Name: expect.stringMatching(/^chat-11\.11-2025-11-11T16-00Z-[0-9a-f]{16}-0$/),
        GroupName: GROUP,
        ScheduleExpression: "at(2025-11-11T15:52:00)",
        ScheduleExpressionTimezone: "UTC",
        FlexibleTimeWindow: { Mode: "OFF" },
        ActionAfterCompletion: "DELETE",
        State: "ENABLED",
        Target: {
          Arn: OPTIONS.functionArn,
          RoleArn: OPTIONS.roleArn,
          Input:
            '{"kind":"timer","target":"chat","promotion":"11.11@2025-11-11T16:00Z","scheduledTime":"<aws.scheduler.scheduled-time>"}',
          RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 300 },
          DeadLetterConfig: { Arn: OPTIONS.deadLettersArn },
        },
      },
    ]);
  });

  it("is replaced with its complete definition", async () => {
    const { scheduler, timers } = arranged();
    await timers.set("chat", "p1", [NOW + minutes(10)]);
    const [before] = scheduler.schedules.values();
    await timers.set("chat", "p1", [NOW + minutes(20)]);
    const [after] = scheduler.schedules.values();
    const changed = { ScheduleExpression: "at(2025-11-11T08:20:00)" };
    expect(after).toEqual({ ...before, ...changed });
    expect(scheduler.calls).toContain("UpdateScheduleCommand");
  });

  it("is left out when it would fall into the minute that has begun", async () => {
    const { scheduler, timers } = arranged(NOW + 10);
    await timers.set("chat", "p1", [NOW + 50, NOW + 60]);
    expect(scheduler.instantsOf({ target: "chat" })).toEqual([NOW + 60]);
  });

  it("is one for all instants of the same minute", async () => {
    const { scheduler, timers } = arranged();
    await timers.set("chat", "p1", [NOW + 601, NOW + 659]);
    expect(scheduler.instantsOf({ target: "chat" })).toEqual([NOW + 600]);
  });

  it("is not made beyond five: no more are looked after", async () => {
    const { scheduler, timers } = arranged();
    const at = [1, 2, 3, 4, 5, 6].map((each) => NOW + minutes(each));
    await expect(timers.set("chat", "p1", at)).rejects.toThrow(/at most 5 timers, got 6 for p1 of chat/);
    expect(scheduler.calls).toEqual([]);
    await timers.set("chat", "p1", at.slice(0, 5));
    expect(scheduler.schedules.size).toBe(5);
  });

  it("has a name that the Scheduler takes, whatever the ids hold", async () => {
    const { scheduler, timers } = arranged();
    for (const promotion of ["光棍节@2025-11-11T00:00Z", "p".repeat(256), 'a "b" <c> / d', ""]) {
      await timers.set("c".repeat(63), promotion, [NOW + minutes(10)]);
      expect(scheduler.instantsOf({ promotion })).toEqual([NOW + minutes(10)]);
    }
  });

  it("says which group is missing, and what to do", async () => {
    const clock = new ManualClock(NOW);
    const timers = new SchedulerPromotionTimers(new FakeScheduler("another", clock).client, {
      ...OPTIONS,
      clock,
    });
    await expect(timers.set("chat", "p1", [NOW + minutes(10)])).rejects.toThrow(
      /the schedule group forewarm-promotions: .*does not exist.*deploy the stack again/,
    );
  });
});
