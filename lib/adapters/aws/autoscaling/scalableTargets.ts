/** The limits that Application Auto Scaling keeps, read for all targets of a wake-up in as few calls as it allows. */
import {
  type ApplicationAutoScalingClient,
  paginateDescribeScalableTargets,
  type ScalableTarget,
} from "@aws-sdk/client-application-auto-scaling";

/** As `scalableTargetOf` says it. */
export interface ScalableTargetId {
  readonly resourceId: string;
  readonly dimension: string;
}

export interface Limits {
  readonly minimum: number;
  readonly maximum: number;
}

/** By resource id; what is not registered is left out. */
type LimitsById = ReadonlyMap<string, Limits>;

/** DescribeScalableTargets takes 50 resource ids at most. */
const IDS_PER_CALL = 50;

/** Lives for one wake-up. The first look at each target shares one reading of all; any further one reads it anew. */
export class ScalableTargets {
  private readonly client: ApplicationAutoScalingClient;
  private readonly ids: readonly ScalableTargetId[];
  private readonly seen = new Set<string>();
  private all: Promise<LimitsById> | null = null;

  constructor(client: ApplicationAutoScalingClient, ids: readonly ScalableTargetId[]) {
    this.client = client;
    this.ids = ids;
  }

  /** Null when the target is not registered. */
  async look(id: ScalableTargetId): Promise<Limits | null> {
    if (this.seen.has(id.resourceId)) return this.anew(id);
    this.seen.add(id.resourceId);
    this.all ??= readLimits(this.client, this.ids);
    try {
      return (await this.all).get(id.resourceId) ?? null;
    } catch (error) {
      this.all = null;
      throw error;
    }
  }

  async anew(id: ScalableTargetId): Promise<Limits | null> {
    this.seen.add(id.resourceId);
    return readOne(this.client, id);
  }
}

/** The limits of one target; null when it is not registered. */
export async function readOne(
  client: ApplicationAutoScalingClient,
  id: ScalableTargetId,
): Promise<Limits | null> {
  return (await readLimits(client, [id])).get(id.resourceId) ?? null;
}

async function readLimits(
  client: ApplicationAutoScalingClient,
  ids: readonly ScalableTargetId[],
): Promise<LimitsById> {
  const dimensions = new Map(ids.map(({ resourceId, dimension }) => [resourceId, dimension]));
  const resourceIds = [...dimensions.keys()];
  const limits = new Map<string, Limits>();
  for (let from = 0; from < resourceIds.length; from += IDS_PER_CALL) {
    const pages = paginateDescribeScalableTargets(
      { client },
      { ServiceNamespace: "sagemaker", ResourceIds: resourceIds.slice(from, from + IDS_PER_CALL) },
    );
    for await (const { ScalableTargets: found = [] } of pages) {
      // One resource may be registered under several dimensions, and a call can name only one of them.
      for (const each of found) {
        const { ResourceId } = each;
        if (ResourceId === undefined || dimensions.get(ResourceId) !== each.ScalableDimension) continue;
        limits.set(ResourceId, limitsOf(each));
      }
    }
  }
  return limits;
}

function limitsOf({ ResourceId, MinCapacity, MaxCapacity }: ScalableTarget): Limits {
  if (MinCapacity !== undefined && MaxCapacity !== undefined) {
    return { minimum: MinCapacity, maximum: MaxCapacity };
  }
  throw new Error(
    `Application Auto Scaling described ${ResourceId} with MinCapacity ${MinCapacity} and MaxCapacity ${MaxCapacity}; ` +
      "both are needed",
  );
}
