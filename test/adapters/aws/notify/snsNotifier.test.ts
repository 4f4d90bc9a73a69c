import { describe, expect, it } from "@jest/globals";
import { SnsNotifier } from "../../../../lib/adapters/aws/notify/snsNotifier.ts";
import { describeNotifierContract } from "../../../contract/notifier.contract.ts";
import { NOW } from "../../../core/arrange.ts";
import { FakeSns } from "../fakes/notify.ts";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:forewarm";
const lastLineOf = (message: string | undefined): string => message?.split("\n").at(-1) ?? "";

describeNotifierContract("SNS", async () => {
  const sns = new FakeSns();
  return {
    notifier: new SnsNotifier(sns.client, TOPIC),
    received: async () => sns.published.map(({ Message }) => JSON.parse(lastLineOf(Message))),
    failAll: async (why) => {
      sns.refusal = why;
    },
  };
});

async function publishedFor(parts: { target?: string; kind?: string; text?: string }) {
  const sns = new FakeSns();
  const notification = { target: "chat", at: NOW, kind: "capacity", text: "a start has failed", ...parts };
  await new SnsNotifier(sns.client, TOPIC).notify(notification);
  return sns.published[0];
}

describe("a notification through SNS", () => {
  it("reads as a person wants it", async () => {
    expect(await publishedFor({})).toEqual({
      TopicArn: TOPIC,
      Subject: "Forewarm: chat: capacity",
      Message: [
        "a start has failed",
        "",
        "Target chat, 2025-11-11T08:00Z, capacity",
        "",
        `{"target":"chat","at":${NOW},"kind":"capacity","text":"a start has failed"}`,
      ].join("\n"),
    });
  });

  it("has a subject that SNS takes, whatever its parts hold", async () => {
    const published = await publishedFor({ target: "größer\r\nBcc: x", kind: "k".repeat(300) });
    expect(published?.Subject).toHaveLength(99);
    expect(published?.Subject).toMatch(/^Forewarm: gr\?\?er\?\?Bcc: x: k+$/);
  });

  it("keeps the JSON on one line, whatever the text holds", async () => {
    const text = 'first\nsecond {"target":"other"}\r\n';
    expect(JSON.parse(lastLineOf((await publishedFor({ text }))?.Message))).toMatchObject({
      target: "chat",
      text,
    });
  });

  it.each([
    ["text of three bytes a character", "节"],
    ["text that JSON escapes", "\u0001"],
    ["text of four bytes a character", "😀"],
  ])("is cut where it is too long, and says so: %s", async (_case, character) => {
    const published = await publishedFor({ text: `x${character.repeat(300_000)}` });
    const { text } = JSON.parse(lastLineOf(published?.Message));
    expect(text.startsWith(`x${character}`)).toBe(true);
    expect(text.endsWith("… (cut)")).toBe(true);
    expect(text.isWellFormed()).toBe(true);
  });
});
