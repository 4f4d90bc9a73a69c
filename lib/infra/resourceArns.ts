/** ARNs in the account and region of the stack, and how long they can become when they are deployed. */
import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";

/** A resource as IAM names it: the part of its ARN before the region and the part after the account. */
export interface ResourcePath {
  readonly service: string;
  readonly path: string;
}

/** For actions that know no resources. */
export const ANYTHING: ResourcePath = { service: "*", path: "*" };

export function arnOf(scope: Construct, resource: ResourcePath): string {
  const { partition, region, account } = Stack.of(scope);
  return arnIn({ partition, region, account }, resource);
}

/** The longest partition and region that AWS has, and an account's twelve digits. */
const LONGEST = { partition: "aws-us-gov", region: "ap-southeast-99", account: "123456789012" } as const;

/** Characters of the ARN in a policy document, with its quotation marks and comma. */
export function longestArn(resource: ResourcePath): number {
  return `"${arnIn(LONGEST, resource)}",`.length;
}

interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

function arnIn({ partition, region, account }: Place, resource: ResourcePath): string {
  if (resource === ANYTHING) return "*";
  return `arn:${partition}:${resource.service}:${region}:${account}:${resource.path}`;
}
