/** CloudFormation's request to a custom resource, and the answer that it waits for. */
import { z } from "zod";
import { type Parsed, sayIssues, setAside, understood } from "../lambda/parsed.ts";

/** The answer goes to a presigned S3 address; nowhere else. */
const responseUrl = z.url({ protocol: /^https$/, hostname: /(^|\.)amazonaws\.com(\.cn)?$/ }).max(8_192);

const request = z.object({
  RequestType: z.enum(["Create", "Update", "Delete"]),
  ResponseURL: responseUrl,
  StackId: z.string().min(1),
  RequestId: z.string().min(1),
  LogicalResourceId: z.string().min(1),
  PhysicalResourceId: z.string().min(1).optional(),
  ResourceProperties: z.object({ targets: z.array(z.string()).default([]) }),
});

export type StackEvent = z.output<typeof request>;

export function parseStackEvent(event: unknown): Parsed<StackEvent> {
  const parsed = request.safeParse(event);
  return parsed.success
    ? understood(parsed.data)
    : setAside(`it is no request of CloudFormation: ${sayIssues(parsed.error)}`);
}

/** The body of the answer; a failure carries its reason, which the stack's events show. */
export function answerOf(event: StackEvent, failure: string | null): Readonly<Record<string, string>> {
  const { StackId, RequestId, LogicalResourceId, PhysicalResourceId } = event;
  return {
    Status: failure === null ? "SUCCESS" : "FAILED",
    Reason: failure ?? "done",
    PhysicalResourceId: PhysicalResourceId ?? "forewarm-floors",
    StackId,
    RequestId,
    LogicalResourceId,
  };
}
