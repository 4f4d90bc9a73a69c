/** DescribeEndpoint, shared by all targets of an endpoint during one wake-up: SageMaker allows few calls a second. */
import {
  DescribeEndpointCommand,
  type DescribeEndpointOutput,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";

/** Lives for one wake-up. What a call throws is thrown to all who wait for it, and not kept. */
export class EndpointSnapshots {
  private readonly client: SageMakerClient;
  private readonly snapshots = new Map<string, Promise<DescribeEndpointOutput>>();
  private readonly seenBy = new Set<string>();

  constructor(client: SageMakerClient) {
    this.client = client;
  }

  /** The first look of a target may share what others saw; any further one is there to see what has moved since. */
  async look(endpoint: string, target: string): Promise<DescribeEndpointOutput> {
    if (this.seenBy.has(target)) return this.anew(endpoint);
    this.seenBy.add(target);
    return this.newest(endpoint);
  }

  /** The newest snapshot that was taken, or one that is taken now. */
  async newest(endpoint: string): Promise<DescribeEndpointOutput> {
    return this.snapshots.get(endpoint) ?? this.anew(endpoint);
  }

  async anew(endpoint: string): Promise<DescribeEndpointOutput> {
    const snapshot = this.client.send(new DescribeEndpointCommand({ EndpointName: endpoint }));
    this.snapshots.set(endpoint, snapshot);
    try {
      return await snapshot;
    } catch (error) {
      if (this.snapshots.get(endpoint) === snapshot) this.drop(endpoint);
      throw error;
    }
  }

  /** After a change: what was seen before it is no longer so. */
  drop(endpoint: string): void {
    this.snapshots.delete(endpoint);
  }
}
