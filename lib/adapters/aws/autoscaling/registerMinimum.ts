/** The one change that is ever made in Application Auto Scaling: the minimum of a scalable target that is registered. */
import {
  type ApplicationAutoScalingClient,
  RegisterScalableTargetCommand,
  ScalableDimension,
} from "@aws-sdk/client-application-auto-scaling";
import { z } from "zod";
import type { ScalableTargetId } from "./scalableTargets.ts";

const dimensions = z.enum(ScalableDimension);

/** What is not sent is kept: the maximum, what is suspended, policies and scheduled actions. */
export async function registerMinimum(
  client: ApplicationAutoScalingClient,
  { resourceId, dimension }: ScalableTargetId,
  minimum: number,
): Promise<void> {
  await client.send(
    new RegisterScalableTargetCommand({
      ServiceNamespace: "sagemaker",
      ResourceId: resourceId,
      ScalableDimension: dimensions.parse(dimension),
      MinCapacity: minimum,
    }),
  );
}
