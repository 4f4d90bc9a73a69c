import { describe, expect, it } from "@jest/globals";
import { defaultPolicy } from "../../lib/cli/commands/replay.ts";
import { UsageError } from "../../lib/cli/exit.ts";
import { parsePromotionWords } from "../../lib/cli/promotionWords.ts";
import type { TargetPolicy } from "../../lib/core/policy.ts";

const [utc] = defaultPolicy().targets as readonly [TargetPolicy];
const shanghai: TargetPolicy = { ...utc, timeZone: "Asia/Shanghai" };
const at = (iso: string): number => Date.parse(iso) / 1000;

describe("a promotion in words", () => {
  it.each([
    ["a length", "start=2026-11-11T00:00Z,for=2h", utc, "2026-11-11T00:00Z", "2026-11-11T02:00Z"],
    [
      "an end",
      "start=2026-11-11T00:00Z,end=2026-11-11T03:00Z",
      utc,
      "2026-11-11T00:00Z",
      "2026-11-11T03:00Z",
    ],
    ["an offset", "start=2026-11-11T00:00+08:00,for=90m", utc, "2026-11-10T16:00Z", "2026-11-10T17:30Z"],
    [
      "the target's zone",
      "start=2026-11-11T00:00,for=1d",
      shanghai,
      "2026-11-10T16:00Z",
      "2026-11-11T16:00Z",
    ],
    ["a month's end", "start=2026-11-30T23:30Z,for=1h", utc, "2026-11-30T23:30Z", "2026-12-01T00:30Z"],
  ])("by %s", (_, words, target, start, end) => {
    const promotion = parsePromotionWords(`name=11.11,${words},expect=x3`, target);
    expect(promotion).toMatchObject({
      name: "11.11",
      target: "endpoint",
      start: at(start),
      end: at(end),
    });
  });

  it("takes spaces around words, a priority, and expectations of each kind", () => {
    const words = (expect: string): string =>
      `name=a , start=2026-11-11T00:00Z, for=2h, expect=${expect}, priority=7`;
    expect(parsePromotionWords(words("x3"), utc).priority).toBe(7);
    const kinds = ["x3", "1200/min", "8 units"].map((each) => parsePromotionWords(words(each), utc));
    expect(new Set(kinds.map((each) => JSON.stringify(each))).size).toBe(3);
  });

  it("expects what earlier ones brought where no estimate is given", () => {
    const words = "name=a,start=2026-11-11T00:00Z,for=2h";
    expect(parsePromotionWords(words, utc).expect).toEqual({ learned: null });
    expect(parsePromotionWords(`${words},expect=learned`, utc).expect).toEqual({ learned: null });
  });

  it.each([
    ["foo", 'got "foo", allowed are name=…, start=…, end=…, for=…, expect=…, priority=…'],
    ["name=a,colour=red", 'got "colour=red", allowed are name=…'],
    ["", 'got "", allowed are name=…'],
    ["start=2026-11-11T00:00Z,for=2h,expect=x3", "name: got nothing"],
    ["name=a,start=2026-11-11T00:00Z,expect=x3", "end: got nothing"],
    ["name=a,start=tomorrow,for=2h,expect=x3", "got start=tomorrow for=2h"],
    ["name=a,start=2026-13-11T00:00Z,for=2h,expect=x3", "got start=2026-13-11T00:00Z for=2h"],
    ["name=a,start=2026-11-11T00:00Z,for=2,expect=x3", "got start=2026-11-11T00:00Z for=2"],
    ["name=a,for=2h,expect=x3", "got start= for=2h"],
    ["name=a,start=2026-11-11T00:00Z,for=2h,expect=lots", 'expect: got "lots"'],
    ["name=a,start=2026-11-11T00:00Z,for=2h,expect=x3,priority=high", "priority: got"],
    ["name=a,start=2026-11-11T02:00Z,end=2026-11-11T00:00Z,expect=x3", "end"],
  ])("%s is refused", (words, message) => {
    const parse = (): unknown => parsePromotionWords(words, utc);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(`--promotion ${words}: `);
    expect(parse).toThrow(message);
  });
});
