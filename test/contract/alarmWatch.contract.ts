/** What every alarm watch must do. Each test has a watch of its own. */
import { describe, expect, it } from "@jest/globals";
import type { RuleAlarm } from "../../lib/core/decision.ts";
import type { AlarmWatch } from "../../lib/ports/alarmWatch.ts";

export interface AlarmWatchUnderTest {
  /** Without any alarm. */
  readonly alarms: AlarmWatch;
  /** Makes an alarm on a rule, or brings it to a new state. */
  readonly put: (target: string, rule: string, state: RuleAlarm["state"]) => Promise<void>;
  /** From now on the alarms cannot be read. */
  readonly failAll: (why: string) => Promise<void>;
}

export function describeAlarmWatchContract(name: string, make: () => Promise<AlarmWatchUnderTest>): void {
  describe(`alarm watch: ${name}`, () => {
    it("has nothing for a target without alarms", async () => {
      const { alarms } = await make();
      expect((await alarms.states(["chat"])).get("chat") ?? []).toEqual([]);
    });

    it("tells the state of every alarm of a target, by the rule that it watches", async () => {
      const { alarms, put } = await make();
      await put("chat", "rules[0]", "quiet");
      await put("chat", "rules[1]", "ringing");
      await put("chat", "objective.latencyP95", "blind");
      const states = (await alarms.states(["chat"])).get("chat") ?? [];
      expect(states).toHaveLength(3);
      expect(states).toEqual(
        expect.arrayContaining([
          { rule: "rules[0]", state: "quiet" },
          { rule: "rules[1]", state: "ringing" },
          { rule: "objective.latencyP95", state: "blind" },
        ]),
      );
    });

    it("tells the newest state", async () => {
      const { alarms, put } = await make();
      await put("chat", "rules[0]", "ringing");
      await put("chat", "rules[0]", "quiet");
      expect((await alarms.states(["chat"])).get("chat")).toEqual([{ rule: "rules[0]", state: "quiet" }]);
    });

    it("answers the targets asked for and no others, even with names that begin alike", async () => {
      const { alarms, put } = await make();
      await put("chat", "rules[0]", "quiet");
      await put("chat-2", "rules[0]", "ringing");
      await put("search", "rules[0]", "blind");
      const states = await alarms.states(["chat", "search"]);
      expect(states.get("chat")).toEqual([{ rule: "rules[0]", state: "quiet" }]);
      expect(states.get("search")).toEqual([{ rule: "rules[0]", state: "blind" }]);
      expect(states.has("chat-2")).toBe(false);
    });

    it("answers nothing when no target is asked for", async () => {
      const { alarms, put } = await make();
      await put("chat", "rules[0]", "ringing");
      expect((await alarms.states([])).size).toBe(0);
    });

    it("answers for two hundred targets with several alarms each", async () => {
      const { alarms, put } = await make();
      const targets = Array.from({ length: 200 }, (_, i) => `t${i}`);
      for (const target of targets) {
        await put(target, "rules[0]", "quiet");
        await put(target, "rules[1]", "ringing");
      }
      const states = await alarms.states(targets);
      expect(targets.filter((target) => states.get(target)?.length !== 2)).toEqual([]);
    });

    it("throws, with the reason, when the alarms cannot be read", async () => {
      const { alarms, put, failAll } = await make();
      await put("chat", "rules[0]", "quiet");
      await failAll("AccessDenied");
      await expect(alarms.states(["chat"])).rejects.toThrow(/AccessDenied/);
    });
  });
}
