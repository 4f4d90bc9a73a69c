import { describe, expect, it } from "@jest/globals";
import { EventBridgeNotifier } from "../../../../lib/adapters/aws/notify/eventBridgeNotifier.ts";
import { describeNotifierContract } from "../../../contract/notifier.contract.ts";
import { NOW } from "../../../core/arrange.ts";
import { FakeEventBridge } from "../fakes/notify.ts";

const NOTIFICATION = { target: "chat", at: NOW, kind: "capacity", text: "a start has failed" };

describeNotifierContract("EventBridge", async () => {
  const bus = new FakeEventBridge();
  return {
    notifier: new EventBridgeNotifier(bus.client, "operations"),
    received: async () => bus.entries.map(({ Detail }) => JSON.parse(Detail ?? "")),
    failAll: async (why) => {
      bus.refusal = why;
    },
  };
});

describe("a notification through EventBridge", () => {
  it("is an event of ours on the given bus, of the time of the notice", async () => {
    const bus = new FakeEventBridge();
    await new EventBridgeNotifier(bus.client, "operations").notify(NOTIFICATION);
    expect(bus.entries).toEqual([
      {
        EventBusName: "operations",
        Source: "forewarm",
        DetailType: "Forewarm Notice",
        Time: new Date("2025-11-11T08:00:00Z"),
        Detail: JSON.stringify(NOTIFICATION),
      },
    ]);
  });

  it("fails when the bus refused it in an answer without an error", async () => {
    const bus = new FakeEventBridge();
    bus.refusal = "not you";
    const notifier = new EventBridgeNotifier(bus.client, "operations");
    await expect(notifier.notify(NOTIFICATION)).rejects.toThrow(
      "the notification of chat was refused by the bus operations: NotAuthorizedForSourceException: not you",
    );
  });

  it("is cut where it is too long", async () => {
    const bus = new FakeEventBridge();
    const notifier = new EventBridgeNotifier(bus.client, "operations");
    await notifier.notify({ ...NOTIFICATION, text: "\u0001".repeat(300_000) });
    expect(JSON.parse(bus.entries[0]?.Detail ?? "").text).toMatch(/… \(cut\)$/);
  });
});
