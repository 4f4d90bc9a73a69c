/** Rights, and giving them to roles. A right over more than named resources carries its reason, which cdk-nag asks for. */
import { Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { arnOf, type ResourcePath } from "./resourceArns.ts";

export interface Right {
  readonly actions: readonly string[];
  readonly resources: readonly ResourcePath[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Why resources are not named one by one; needed where one of them has a `*`. */
  readonly because?: string;
}

export function grant(role: Role, right: Right): void {
  role.addToPrincipalPolicy(statementOf(role, right));
  acknowledgeWildcards(role, right);
}

export function statementOf(
  scope: Construct,
  { actions, resources, conditions = {} }: Right,
): PolicyStatement {
  return new PolicyStatement({
    actions: [...actions],
    resources: resources.map((each) => arnOf(scope, each)),
    conditions,
  });
}

/** Says the reason where cdk-nag looks for it: at the construct that holds the policy, for each wildcard by its ARN. */
export function acknowledgeWildcards(holder: Construct, { resources, because }: Right): void {
  for (const resource of resources.filter(({ path }) => path.includes("*"))) {
    const arn = arnOf(holder, resource);
    if (because === undefined) throw new Error(`a right over ${resource.path} needs a reason (because)`);
    Validations.of(holder).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${asNagSays(Stack.of(holder).resolve(arn))}]`,
      reason: because,
    });
  }
}

/** A resolved value as cdk-nag writes it: `arn:<AWS::Partition>:…`. */
function asNagSays(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return String(value);
  if ("Ref" in value) return `<${String(value.Ref)}>`;
  const [separator, parts] =
    "Fn::Join" in value && Array.isArray(value["Fn::Join"]) ? value["Fn::Join"] : ["", []];
  return parts.map(asNagSays).join(separator);
}
