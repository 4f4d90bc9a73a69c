/** Rights over many resources as managed policies, which several roles share; each stays below the limit of IAM. */
import { type IRole, ManagedPolicy } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { acknowledgeWildcards, type Right, statementOf } from "./grants.ts";
import { longestArn, type ResourcePath } from "./resourceArns.ts";

/** IAM counts 6,144 characters without white space; the rest is for the document around the statements. */
const MOST_CHARACTERS = 6_000;

/** IAM's quota for a role, unless it has been raised. */
const MOST_POLICIES = 10;

/** As many policies as the rights need. Throws a RangeError when a role could not hold them. */
export function makeManagedPolicies(
  scope: Construct,
  id: string,
  rights: readonly Right[],
  roles: readonly IRole[],
): readonly ManagedPolicy[] {
  const documents = pack(rights);
  if (documents.length > MOST_POLICIES) {
    throw new RangeError(
      `the rights over the policy's targets need ${documents.length} IAM policies; allowed: ${MOST_POLICIES} for a role; divide the targets among several stacks`,
    );
  }
  return documents.map((document, i) => {
    const policy = new ManagedPolicy(scope, `${id}${i + 1}`, {
      description: "What the scaling functions of Forewarm may do to its targets",
      statements: document.map((right) => statementOf(scope, right)),
      roles: [...roles],
    });
    for (const right of document) acknowledgeWildcards(policy, right);
    return policy;
  });
}

/** In order, so that a target more changes as few policies as can be. */
function pack(rights: readonly Right[]): readonly (readonly Right[])[] {
  const documents: Right[][] = [];
  let room = 0;
  for (const right of rights.flatMap(inPieces)) {
    const size = sizeOf(right);
    if (size > room) {
      documents.push([]);
      room = MOST_CHARACTERS;
    }
    documents.at(-1)?.push(right);
    room -= size;
  }
  return documents;
}

/** The right, divided by its resources where it does not fit into one policy. */
function inPieces(right: Right): readonly Right[] {
  const most = MOST_CHARACTERS - frameOf(right);
  const pieces: ResourcePath[][] = [[]];
  let room = most;
  for (const resource of right.resources) {
    const size = longestArn(resource);
    if (size > room) {
      pieces.push([]);
      room = most;
    }
    pieces.at(-1)?.push(resource);
    room -= size;
  }
  return pieces.map((resources) => ({ ...right, resources }));
}

function frameOf({ actions, conditions }: Right): number {
  const statement = { Action: actions, Condition: conditions ?? {}, Effect: "Allow", Resource: [] };
  return JSON.stringify(statement).length + 1;
}

function sizeOf(right: Right): number {
  return right.resources.reduce((sum, each) => sum + longestArn(each), frameOf(right));
}
