/** Declared events: what each form becomes, and what is said of each mistake. */
import { describe, expect, it } from "@jest/globals";
import { parsePolicyObject, parsePolicyText } from "../../lib/policy/parsePolicy.ts";
import { instant } from "../core/arrange.ts";

const HEAD = `targets:
  chat:
    kind: sagemaker-variant
    endpoint: chat-prod
    variant: AllTraffic
    timeZone: Asia/Shanghai
    capacity: { min: 1, max: 12 }
    load: { metric: invocations, perUnit: 240 }
    events:
`;

function parsed(event: string) {
  const result = parsePolicyText(`${HEAD}      - ${event}\n`);
  return result.kind === "policy"
    ? result.policy.targets[0]?.events[0]
    : result.problems.map(
        ({ path, line, message }) => `${line} ${path.replace("targets.chat.", "")}: ${message}`,
      );
}

describe("an event", () => {
  it.each<[string, object]>([
    [
      "{ name: Labour Day, date: 2026-05-01 }",
      { kind: "days", name: "Labour Day", from: "2026-05-01", to: "2026-05-01", like: "sunday" },
    ],
    [
      "{ name: 国庆节, from: 2026-10-01, to: 2026-10-07, like: last-time }",
      { kind: "days", name: "国庆节", from: "2026-10-01", to: "2026-10-07", like: "last-time" },
    ],
    [
      "{ name: test, from: 2026-03-02T02:00, to: 2026-03-02T04:00 }",
      {
        kind: "window",
        name: "test",
        start: instant("2026-03-01T18:00Z"),
        end: instant("2026-03-01T20:00Z"),
      },
    ],
    [
      "{ name: test, from: 2026-03-02T02:00Z, to: 2026-03-02T04:00Z, like: masked }",
      {
        kind: "window",
        name: "test",
        start: instant("2026-03-02T02:00Z"),
        end: instant("2026-03-02T04:00Z"),
      },
    ],
    [
      "{ name: app, kind: level-shift, at: 2026-03-20T06:00, factor: x1.8 }",
      { kind: "level-shift", name: "app", at: instant("2026-03-19T22:00Z"), factor: 1.8 },
    ],
    [
      "{ name: app, kind: level-shift, at: 2026-03-20T06:00 }",
      { kind: "level-shift", name: "app", at: instant("2026-03-19T22:00Z"), factor: null },
    ],
  ])("%s", (written, event) => {
    expect(parsed(written)).toEqual(event);
  });

  it.each<[string, string]>([
    ["{ date: 2026-05-01 }", "10 events[0].name: got nothing; allowed: 1 to 63 characters"],
    ["{ name: a }", "10 events[0]: got neither date nor from and to; allowed: either date, or from and to"],
    [
      "{ name: a, date: 2026-05-01, to: 2026-05-02 }",
      "10 events[0]: got date beside from or to; allowed: either date, or from and to",
    ],
    [
      "{ name: a, date: 2026-02-30 }",
      '10 events[0].date: got "2026-02-30"; allowed: a date such as 2026-12-25',
    ],
    ["{ name: a, from: 2026-05-01 }", "10 events[0].to: got nothing; allowed: a date such as 2026-12-25"],
    [
      "{ name: a, from: 2026-05-02, to: 2026-05-01 }",
      "10 events[0].to: got 2026-05-02 to 2026-05-01; allowed: from 1 to 31 days, the last one included",
    ],
    [
      "{ name: a, from: 2026-01-01, to: 2026-12-31 }",
      "10 events[0].to: got 2026-01-01 to 2026-12-31; allowed: from 1 to 31 days, the last one included",
    ],
    [
      "{ name: a, from: 2026-05-02T04:00, to: 2026-05-02T02:00 }",
      "10 events[0].to: got 2026-05-02T02:00, which is not after 2026-05-02T04:00; allowed: a later time",
    ],
    [
      "{ name: a, from: 2026-05-02T02:00, to: 2026-05-02T04:00, like: sunday }",
      '10 events[0].like: got "sunday"; allowed: masked for a part of a day, or whole days; a load that is expected in it is a promotion',
    ],
    [
      "{ name: a, date: 2026-05-01, like: doomsday }",
      '10 events[0].like: got "doomsday"; allowed: one of monday, tuesday, wednesday, thursday, friday, saturday, sunday, last-time, masked',
    ],
    [
      "{ name: a, date: 2026-05-01, factor: x2 }",
      "10 events[0].factor: got factor in an event of kind days; allowed: name, date or from and to, and like",
    ],
    [
      "{ name: a, kind: level-shift }",
      "10 events[0].at: got nothing; allowed: a time such as 2026-11-11T00:00+08:00, or without offset in the target's time zone",
    ],
    [
      "{ name: a, kind: level-shift, at: 2026-05-01 }",
      `10 events[0].at: got "2026-05-01"; allowed: a time such as 2026-11-11T00:00+08:00, or without offset in the target's time zone`,
    ],
    [
      "{ name: a, kind: level-shift, at: 2026-05-01T00:00, factor: 2 }",
      "10 events[0].factor: got 2; allowed: how many times the load before it, such as x2 or x0.5",
    ],
    [
      "{ name: a, kind: level-shift, at: 2026-05-01T00:00, factor: x0 }",
      '10 events[0].factor: got "x0"; allowed: how many times the load before it, such as x2 or x0.5',
    ],
    [
      "{ name: a, kind: level-shift, at: 2026-05-01T00:00, like: sunday }",
      "10 events[0].like: got like in an event of kind level-shift; allowed: name, at and factor",
    ],
    [
      "{ name: a, day: 2026-05-01 }",
      '10 events[0]: got the unknown key "day"; allowed: name, kind, date, from, to, like, at, factor',
    ],
  ])("%s is refused", (written, said) => {
    expect(parsed(written)).toEqual([said]);
  });

  it("may stand in the defaults of all targets, and is replaced by a target's own list", () => {
    const target = {
      kind: "sagemaker-variant",
      endpoint: "e",
      variant: "v",
      capacity: { min: 1, max: 2 },
      load: { metric: "invocations", perUnit: 1 },
    };
    const result = parsePolicyObject({
      defaults: { events: [{ name: "feast", date: "2026-05-01" }] },
      targets: { a: target, b: { ...target, events: [] } },
    });
    if (result.kind === "problems") throw new Error(JSON.stringify(result.problems));
    expect(result.policy.targets.map(({ events }) => events.length)).toEqual([1, 0]);
  });
});
