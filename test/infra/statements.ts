/** Reads the statements of a role out of a template, with references as text. */
import type { Template } from "aws-cdk-lib/assertions";
import { resourcesOf } from "./arrange.ts";

export interface Statement {
  readonly actions: readonly string[];
  /** ARNs with references as `<Name>`. */
  readonly resources: readonly string[];
  readonly condition: unknown;
}

/** All statements that the role of a function has, in its own policy and in shared ones. */
export function statementsOf(template: Template, roleName: string): readonly Statement[] {
  const policies = [
    ...resourcesOf(template, "AWS::IAM::Policy"),
    ...resourcesOf(template, "AWS::IAM::ManagedPolicy"),
  ];
  return policies
    .filter(({ Properties }) => JSON.stringify(Properties["Roles"]).includes(`"Forewarm${roleName}Role`))
    .flatMap(({ Properties }) => (Properties["PolicyDocument"] as { Statement: object[] }).Statement)
    .map((statement) => {
      const { Action, Resource, Condition } = statement as Record<string, unknown>;
      return {
        actions: listOf(Action).map(said),
        resources: listOf(Resource).map(said),
        condition: Condition,
      };
    });
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function said(value: unknown): string {
  if (typeof value === "string") return value;
  const { Ref, "Fn::GetAtt": attribute, "Fn::Join": join } = value as Record<string, unknown>;
  if (Ref !== undefined) return `<${String(Ref).replace("AWS::", "")}>`;
  if (Array.isArray(attribute)) return `<${attribute.join(".")}>`;
  return ((join as unknown[])[1] as unknown[]).map(said).join("");
}
