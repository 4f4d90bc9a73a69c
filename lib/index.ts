/** What the package offers to CDK apps of other people: the construct, its stack, and the types of a policy. */
export { Forewarm, type ForewarmProps } from "./infra/forewarm.ts";
export { ForewarmStack } from "./infra/forewarmStack.ts";
export type { PolicyInput } from "./policy/schema.ts";
