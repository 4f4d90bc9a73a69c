import { describe, expect, it } from "@jest/globals";
import { NotifierToAll } from "../../../../lib/adapters/aws/notify/notifierToAll.ts";
import { InMemoryNotifier } from "../../../../lib/adapters/memory/inMemoryNotifier.ts";
import { describeNotifierContract } from "../../../contract/notifier.contract.ts";
import { NOW } from "../../../core/arrange.ts";

const NOTIFICATION = { target: "chat", at: NOW, kind: "capacity", text: "a start has failed" };

describeNotifierContract("to all of several", async () => {
  const notifiers = [new InMemoryNotifier(), new InMemoryNotifier()] as const;
  return {
    notifier: new NotifierToAll(notifiers),
    received: async () => {
      expect(notifiers[1].sent).toEqual(notifiers[0].sent);
      return notifiers[0].sent;
    },
    failAll: async (why) => {
      for (const each of notifiers) each.fail(why);
    },
  };
});

describe("a notification to all", () => {
  it.each([0, 1])("reaches the others when number %i fails, and then fails aloud", async (broken) => {
    const notifiers = [new InMemoryNotifier(), new InMemoryNotifier()];
    notifiers[broken]?.fail("access denied");
    const error = await new NotifierToAll(notifiers).notify(NOTIFICATION).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(AggregateError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^1 of 2 notifiers failed: .*access denied$/),
    });
    expect(notifiers[1 - broken]?.sent).toEqual([NOTIFICATION]);
  });

  it("tries the others when one throws before it has promised anything", async () => {
    const working = new InMemoryNotifier();
    const broken = {
      notify: () => {
        throw new Error("at once");
      },
    };
    await expect(new NotifierToAll([broken, working]).notify(NOTIFICATION)).rejects.toThrow(/at once/);
    expect(working.sent).toEqual([NOTIFICATION]);
  });

  it("is nothing to nobody", async () => {
    await expect(new NotifierToAll([]).notify(NOTIFICATION)).resolves.toBeUndefined();
  });
});
