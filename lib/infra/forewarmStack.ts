/** A stack with nothing in it but Forewarm. */
import { Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { Forewarm, type ForewarmProps } from "./forewarm.ts";

export interface ForewarmStackProps extends StackProps, ForewarmProps {}

export class ForewarmStack extends Stack {
  readonly forewarm: Forewarm;

  constructor(scope: Construct, id: string, props: ForewarmStackProps) {
    super(scope, id, {
      description: "Forewarm: keeps GPU inference warm before the traffic comes",
      ...props,
    });
    this.forewarm = new Forewarm(this, "Forewarm", props);
  }
}
