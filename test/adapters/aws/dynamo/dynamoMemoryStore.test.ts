import { describe, expect, it } from "@jest/globals";
import { DynamoMemoryStore } from "../../../../lib/adapters/aws/dynamo/dynamoMemoryStore.ts";
import { partitionOf, SORT, TABLE } from "../../../../lib/contract/table.ts";
import { EMPTY_MEMORY } from "../../../../lib/core/memory.ts";
import { SECONDS, take } from "../../../contract/memoryStore.arrange.ts";
import { NOW, repeat } from "../../../core/arrange.ts";
import { MEMORY } from "./arrange.ts";
import { withDynalite } from "./dynalite.ts";

const fresh = withDynalite();
const KEY = { partition: partitionOf("chat"), sort: SORT.state };

async function aStore() {
  const made = await fresh();
  return { ...made, memories: new DynamoMemoryStore(made.table) };
}

describe("the lease in DynamoDB", () => {
  it("goes to one of twenty processes that ask at the same time, and each other is told who has it", async () => {
    const { table } = await fresh();
    const answers = await Promise.all(
      repeat(20, 0).map((_, i) => new DynamoMemoryStore(table).acquire("chat", `tick-${i}`, NOW, SECONDS)),
    );
    const granted = answers.flatMap((answer) => (answer.kind === "granted" ? [answer.lease] : []));
    expect(granted).toHaveLength(1);
    const held = answers.filter(({ kind }) => kind === "held");
    expect(held).toEqual(
      repeat(19, { kind: "held", owner: granted[0]?.owner, expiresAt: NOW + SECONDS } as const),
    );
    expect(granted[0]?.fence).toBe(1);
  });

  it("never has the attribute by which DynamoDB deletes items, and leaves the fence behind", async () => {
    const { memories, table } = await aStore();
    const lease = await take(memories, "tick-1", NOW);
    await memories.save(lease, EMPTY_MEMORY);
    const held = await table.get(KEY);
    expect(Object.keys(held ?? {}).sort()).toEqual([
      "fence",
      "leaseExpiresAt",
      "memory",
      "owner",
      "pk",
      "sk",
    ]);
    expect(held).not.toHaveProperty(TABLE.timeToLive);
    await memories.release(lease);
    expect(Object.keys((await table.get(KEY)) ?? {}).sort()).toEqual(["fence", "memory", "pk", "sk"]);
  });

  it("is held for him who came too late to see who had it", async () => {
    const { memories, table, documents } = await aStore();
    const lease = await take(memories, "tick-1", NOW);
    documents.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === "GetItemCommand") await memories.release(lease);
          return next(args);
        },
      { step: "initialize" },
    );
    const answer = await new DynamoMemoryStore(table).acquire("chat", "tick-2", NOW, SECONDS);
    expect(answer).toEqual({ kind: "held", owner: "another wake-up", expiresAt: NOW });
  });

  it("fails with the service's own error, by name, where the table is not there", async () => {
    const { documents } = await fresh();
    const { DynamoTable } = await import("../../../../lib/adapters/aws/dynamo/dynamoTable.ts");
    const memories = new DynamoMemoryStore(new DynamoTable(documents, "elsewhere"));
    await expect(memories.acquire("chat", "tick-1", NOW, SECONDS)).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});

describe("the memory in DynamoDB", () => {
  it("makes of a wake-up three requests of one write unit each, with a full memory", async () => {
    const { memories, billed } = await aStore();
    await memories.save(await take(memories, "tick-0", NOW - 60), MEMORY);
    const before = billed.length;
    const lease = await take(memories, "tick-0", NOW);
    expect(await memories.load("chat")).toEqual(MEMORY);
    expect(await memories.save(lease, MEMORY)).toBe(true);
    await memories.release(lease);
    expect(billed.slice(before)).toEqual(repeat(3, { command: "UpdateItem", units: 1 }));
  });

  it("is read anew by the second load, and by one without a lease", async () => {
    const { memories, table, billed } = await aStore();
    await take(memories, "tick-1", NOW);
    await memories.load("chat");
    expect(billed.map(({ command }) => command)).toEqual(["UpdateItem"]);
    const others = new DynamoMemoryStore(table);
    await others.save(await take(others, "tick-2", NOW + SECONDS), MEMORY);
    expect(await memories.load("chat")).toEqual(MEMORY);
    expect(await others.load("chat")).toEqual(MEMORY);
    expect(billed.map(({ command }) => command).slice(-2)).toEqual(["GetItem", "GetItem"]);
  });

  it.each(["saved", "released", "refused"])("is read anew after the lease was %s", async (event) => {
    const { memories, table } = await aStore();
    const lease = await take(memories, "tick-1", NOW);
    const others = new DynamoMemoryStore(table);
    await others.save(await take(others, "tick-2", NOW + SECONDS), MEMORY);
    if (event === "saved") expect(await memories.save(lease, EMPTY_MEMORY)).toBe(false);
    if (event === "released") await memories.release(lease);
    if (event === "refused")
      expect(await memories.acquire("chat", "tick-1", NOW, SECONDS)).toMatchObject({ kind: "held" });
    expect(await memories.load("chat")).toEqual(MEMORY);
  });

  it.each([
    ["bytes that are no deflated JSON", new Uint8Array([1, 2, 3]), /memory: not packed JSON/],
    ["text", "lost", /memory: .*expected Uint8Array/],
  ])("that holds %s is refused by its key, and the lease can be given back", async (_case, memory, flaw) => {
    const { memories, table } = await aStore();
    await table.put(KEY, { memory, fence: 4 });
    const lease = await take(memories, "tick-1", NOW);
    const load = memories.load("chat");
    await expect(load).rejects.toThrow(flaw);
    await expect(load).rejects.toThrow(/TARGET#chat \/ STATE cannot be read.*mend or delete/);
    await memories.release(lease);
    expect(await take(memories, "tick-2", NOW)).toMatchObject({ fence: 6 });
  });

  it("of before sizes and hours of starts were kept comes back with its lead times, and nothing else of them", async () => {
    const { memories } = await aStore();
    const { starts: _new, starting: _newer, ...rest } = MEMORY;
    const old = { ...rest, starting: { at: NOW - 240, to: 5 }, leadTimesSeconds: [281, 312.5] };
    await memories.save(await take(memories, "tick-1", NOW), old as unknown as typeof MEMORY);
    expect(await memories.load("chat")).toEqual({
      ...MEMORY,
      starting: { at: NOW - 240, to: 5, units: null },
      starts: [281, 312.5].map((seconds) => ({ seconds, units: null, hour: null })),
    });
  });

  it("that lacks a part is refused with the part's name", async () => {
    const { memories, table } = await aStore();
    const { lastOutAt: _gone, ...rest } = MEMORY;
    const lease = await take(memories, "tick-1", NOW);
    await memories.save(lease, rest as typeof MEMORY);
    await expect(new DynamoMemoryStore(table).load("chat")).rejects.toThrow(/memory\.lastOutAt/);
  });
});
