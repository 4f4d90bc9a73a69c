/** What all entries share: environment, policy, clients, adapters by kind and mode. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { EKSClient } from "@aws-sdk/client-eks";
import { DescribeEndpointCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { awsCapacity } from "../../functions/lambda/awsCapacity.ts";
import { type Clients, makeClients } from "../../functions/lambda/clients.ts";
import { readDeployedPolicy } from "../../functions/lambda/deployedPolicy.ts";
import { readEnvironment } from "../../functions/lambda/environment.ts";
import { InMemoryFloorStore } from "../../lib/adapters/memory/inMemoryFloorStore.ts";
import { ManualClock } from "../../lib/adapters/memory/manualClock.ts";
import { ENVIRONMENT } from "../../lib/contract/environment.ts";
import type { TargetPolicy } from "../../lib/core/policy.ts";
import { aLockingPolicy, aPolicy } from "../core/arrange.ts";

describe("the environment", () => {
  const whole = Object.fromEntries(Object.values(ENVIRONMENT).map((name) => [name, `the ${name}`]));

  it("is read by the names that the stack uses", () => {
    expect(readEnvironment({ ...whole, PATH: "/bin" })).toEqual(
      Object.fromEntries(Object.entries(ENVIRONMENT).map(([key, name]) => [key, `the ${name}`])),
    );
  });

  it("is refused with everything that is missing or empty at once", () => {
    const { FOREWARM_TABLE: _, ...rest } = whole;
    expect(() => readEnvironment({ ...rest, FOREWARM_TOPIC_ARN: "" })).toThrow(
      /FOREWARM_TABLE, FOREWARM_TOPIC_ARN; the stack sets them/,
    );
  });
});

describe("the deployed policy", () => {
  const folder = mkdtempSync(join(tmpdir(), "forewarm-policy-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "policy.json");

  it("comes back as it was put beside the code", () => {
    const policy = { targets: [aLockingPolicy()], promotions: [] };
    writeFileSync(file, JSON.stringify(policy));
    expect(readDeployedPolicy(file)).toEqual(policy);
  });

  it.each([
    ["is not there", null],
    ["is empty", ""],
    ["is no JSON", "targets:"],
    ["has no targets", JSON.stringify({ targets: [], promotions: [] })],
    [
      "has a target of an unknown kind",
      JSON.stringify({ targets: [{ ...aLockingPolicy(), kind: "lambda" }], promotions: [] }),
    ],
  ])("is refused when it %s, with the file's name", (_case, text) => {
    rmSync(file, { force: true });
    if (text !== null) writeFileSync(file, text);
    expect(() => readDeployedPolicy(file)).toThrow(
      /policy\.json holds no policy: .*; deploy the stack again/s,
    );
  });
});

describe("the clients", () => {
  let server: Server;
  const names = ["AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
  const before = names.map((name) => [name, process.env[name]] as const);

  /** Never answers SageMaker, and DynamoDB after a while. */
  beforeEach(async () => {
    server = createServer((request, response) => {
      if (!String(request.headers["x-amz-target"]).startsWith("DynamoDB")) return;
      setTimeout(() => response.setHeader("content-type", "application/x-amz-json-1.0").end("{}"), 200);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const values = [`http://127.0.0.1:${port}`, "eu-west-1", "none", "none"];
    for (const [i, name] of names.entries()) process.env[name] = values[i];
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it("end what is under way, and what comes after, with the signal of the invocation; the table goes on", async () => {
    const clients = makeClients();
    const controller = new AbortController();
    clients.stopWith(controller.signal);
    const describing = clients.sageMaker.send(new DescribeEndpointCommand({ EndpointName: "chat" }));
    const getting = clients.documents.send(
      new GetCommand({ TableName: "forewarm", Key: { pk: "a", sk: "b" } }),
    );
    setTimeout(() => controller.abort(), 50);
    await expect(describing).rejects.toMatchObject({ name: "AbortError" });
    await expect(
      clients.sageMaker.send(new DescribeEndpointCommand({ EndpointName: "chat" })),
    ).rejects.toMatchObject({ name: "AbortError" });
    expect((await getting).Item).toBeUndefined();
    await expect(
      clients.documents.send(new GetCommand({ TableName: "forewarm", Key: { pk: "a", sk: "b" } })),
    ).resolves.toBeDefined();
  });

  it("are not held back by the signal of an invocation before", async () => {
    const clients = makeClients();
    clients.stopWith(AbortSignal.abort());
    const controller = new AbortController();
    clients.stopWith(controller.signal);
    const describing = clients.sageMaker.send(new DescribeEndpointCommand({ EndpointName: "chat" }));
    const ended = await Promise.race([
      describing.then(
        () => "ended",
        () => "ended",
      ),
      new Promise((resolve) => setTimeout(() => resolve("under way"), 100)),
    ]);
    expect(ended).toBe("under way");
    controller.abort();
    await expect(describing).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("the capacity of a target", () => {
  const AT_REST = {
    EndpointStatus: "InService",
    ProductionVariants: [{ VariantName: "AllTraffic", CurrentInstanceCount: 2, DesiredInstanceCount: 2 }],
  };

  /** Real clients that only say who was called; an endpoint is at rest, everything else fails. */
  function listening(): { readonly clients: Clients; readonly heard: string[] } {
    const heard: string[] = [];
    const config = { region: "eu-west-1", credentials: { accessKeyId: "none", secretAccessKey: "none" } };
    const clients = {
      sageMaker: new SageMakerClient(config),
      eks: new EKSClient(config),
      autoScaling: new ApplicationAutoScalingClient(config),
    };
    for (const { middlewareStack } of Object.values(clients)) {
      (middlewareStack as SageMakerClient["middlewareStack"]).add(
        (_next, { commandName }) =>
          async () => {
            heard.push(String(commandName));
            if (commandName !== "DescribeEndpointCommand") throw new Error("enough");
            return { output: { ...AT_REST, $metadata: {} }, response: {} };
          },
        { step: "initialize", priority: "high" },
      );
    }
    return { clients: clients as unknown as Clients, heard };
  }

  async function heardOf(policy: TargetPolicy): Promise<readonly string[]> {
    const { clients, heard } = listening();
    const capacity = awsCapacity(clients, [policy], new InMemoryFloorStore(), new ManualClock(0));
    await capacity.describe(policy.id).catch(() => undefined);
    return [...new Set(heard)].sort();
  }

  it.each<readonly [string, Partial<TargetPolicy>, readonly string[]]>([
    ["a variant", {}, ["DescribeEndpointCommand"]],
    ["an async variant", { kind: "sagemaker-async-variant" }, ["DescribeEndpointCommand"]],
    [
      "a component",
      { kind: "sagemaker-inference-component", resource: { component: "c" } },
      ["DescribeInferenceComponentCommand"],
    ],
    [
      "a node group",
      { kind: "eks-nodegroup", resource: { cluster: "k", nodegroup: "n" } },
      ["DescribeNodegroupCommand"],
    ],
    [
      "a node group in floor mode",
      { kind: "eks-nodegroup", mode: "floor", resource: { cluster: "k", nodegroup: "n" } },
      ["DescribeNodegroupCommand"],
    ],
    [
      "a variant in floor mode",
      { mode: "floor" },
      ["DescribeEndpointCommand", "DescribeScalableTargetsCommand"],
    ],
  ])("is read where it lives: %s", async (_case, parts, services) => {
    expect(await heardOf(aLockingPolicy(parts))).toEqual(services);
  });

  it("of a kind that cannot be deployed yet is an error that says so, for every call", async () => {
    const { clients } = listening();
    const capacity = awsCapacity(clients, [aPolicy()], new InMemoryFloorStore(), new ManualClock(0));
    for (const call of [
      capacity.describe("chat"),
      capacity.setUnits("chat", 2, "t"),
      capacity.setMinimum("chat", 2, "t"),
    ]) {
      await expect(call).rejects.toThrow(/chat is a kubernetes-workload/);
    }
  });

  it("of a target that is not in the policy is an error that names it", async () => {
    const { clients } = listening();
    const capacity = awsCapacity(clients, [], new InMemoryFloorStore(), new ManualClock(0));
    await expect(capacity.describe("nobody")).rejects.toThrow(/nobody/);
  });
});
