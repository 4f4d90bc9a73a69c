import { describe, expect, it } from "@jest/globals";
import { InMemoryNotifier } from "../../../lib/adapters/memory/inMemoryNotifier.ts";
import { NOW } from "../../core/arrange.ts";

const aNotification = (kind: string): { target: string; at: number; kind: string; text: string } => ({
  target: "chat",
  at: NOW,
  kind,
  text: "what people should know",
});

describe("the in-memory notifier", () => {
  it("keeps what was sent in order, frozen", async () => {
    const notifier = new InMemoryNotifier();
    for (const kind of ["first", "second"]) await notifier.notify(aNotification(kind));
    expect(notifier.sent.map(({ kind }) => kind)).toEqual(["first", "second"]);
    expect(Object.isFrozen(notifier.sent[0])).toBe(true);
  });

  it("can be mended", async () => {
    const notifier = new InMemoryNotifier();
    notifier.fail("access denied");
    await expect(notifier.notify(aNotification("lost"))).rejects.toThrow("was not sent: access denied");
    notifier.fail(null);
    await notifier.notify(aNotification("heard"));
    expect(notifier.sent.map(({ kind }) => kind)).toEqual(["heard"]);
  });
});
