/** What every notifier must do: say it whole, or fail aloud. Each test has a notifier of its own. */
import { describe, expect, it } from "@jest/globals";
import type { Notification, Notifier } from "../../lib/ports/notifier.ts";
import { NOW } from "../core/arrange.ts";

export interface NotifierUnderTest {
  readonly notifier: Notifier;
  /** What has arrived on the other side by now, in any order. */
  readonly received: () => Promise<readonly Notification[]>;
  /** From now on nothing can be sent. */
  readonly failAll: (why: string) => Promise<void>;
}

const aNotification = (parts: Partial<Notification> = {}): Notification => ({
  target: "chat",
  at: NOW,
  kind: "no forecast",
  text: 'chat runs on its readings alone: less than one whole day of history; "größer" heißt teurer',
  ...parts,
});

export function describeNotifierContract(name: string, make: () => Promise<NotifierUnderTest>): void {
  describe(`notifier: ${name}`, () => {
    it("sends nothing by itself", async () => {
      const { received } = await make();
      expect(await received()).toEqual([]);
    });

    it("delivers a notification whole", async () => {
      const { notifier, received } = await make();
      await notifier.notify(aNotification());
      expect(await received()).toEqual([aNotification()]);
    });

    it("delivers every one: what is worth saying once is decided before", async () => {
      const { notifier, received } = await make();
      const notifications = [
        aNotification(),
        aNotification(),
        aNotification({ target: "search" }),
        aNotification({ kind: "capacity", text: "a start has failed", at: NOW + 60 }),
      ];
      for (const each of notifications) await notifier.notify(each);
      const arrived = await received();
      expect(arrived).toHaveLength(notifications.length);
      expect(arrived).toEqual(expect.arrayContaining(notifications));
    });

    it("delivers those that were sent at the same time", async () => {
      const { notifier, received } = await make();
      const notifications = ["chat", "search", "images"].map((target) => aNotification({ target }));
      await Promise.all(notifications.map((each) => notifier.notify(each)));
      const arrived = await received();
      expect(new Set(arrived.map(({ target }) => target))).toEqual(new Set(["chat", "search", "images"]));
    });

    it("fails with the reason when it cannot be sent, and keeps what arrived before", async () => {
      const { notifier, received, failAll } = await make();
      await notifier.notify(aNotification());
      await failAll("access denied");
      await expect(notifier.notify(aNotification({ target: "search" }))).rejects.toThrow(/access denied/);
      expect(await received()).toEqual([aNotification()]);
    });
  });
}
