/** EKS behind the real client: managed node groups that take one change at a time, and updates that can be followed. */
import {
  type DescribeNodegroupRequest,
  type DescribeUpdateRequest,
  EKSClient,
  type EKSServiceException,
  InvalidParameterException,
  InvalidRequestException,
  type Issue,
  type Nodegroup,
  type NodegroupScalingConfig,
  type NodegroupStatus,
  ResourceInUseException,
  ResourceNotFoundException,
  type Update,
  type UpdateNodegroupConfigRequest,
  type WarmPoolConfig,
} from "@aws-sdk/client-eks";

export interface FakeNodegroup {
  minSize: number;
  maxSize: number;
  desiredSize: number;
  status: NodegroupStatus;
  issues: Issue[];
  warmPoolConfig?: WarmPoolConfig;
  /** More nodes than this are refused by the service itself. */
  quota?: number;
}

interface Answered {
  readonly request: string;
  readonly update: Update;
}

const $metadata = {};

export class FakeEks {
  readonly client = new EKSClient({ region: "eu-west-1" });
  readonly updateCalls: UpdateNodegroupConfigRequest[] = [];
  /** An error for every call from now on. */
  outage: EKSServiceException | null = null;
  /** What happens after a look and before an update. */
  beforeUpdate: () => void = () => {};
  /** Whether nodes come and go at once; otherwise the node group is UPDATING until `finish`. */
  private readonly atOnce: boolean;
  private readonly nodegroups = new Map<string, FakeNodegroup>();
  private readonly updates = new Map<string, Update>();
  private readonly byToken = new Map<string, Answered>();

  constructor({ atOnce }: { readonly atOnce: boolean } = { atOnce: false }) {
    this.atOnce = atOnce;
    this.client.middlewareStack.add(
      (_next, context) => async (args) => ({
        output: this.answer(context.commandName, args.input),
        response: {},
      }),
      { step: "initialize", priority: "high" },
    );
  }

  add(cluster: string, nodegroup: string, parts: Partial<FakeNodegroup> = {}): FakeNodegroup {
    const sizes = { minSize: 0, maxSize: 100, desiredSize: 0 };
    const added: FakeNodegroup = { ...sizes, status: "ACTIVE", issues: [], ...parts };
    this.nodegroups.set(`${cluster}/${nodegroup}`, added);
    return added;
  }

  of(cluster: string, nodegroup: string): FakeNodegroup {
    const found = this.nodegroups.get(`${cluster}/${nodegroup}`);
    if (found !== undefined) return found;
    throw new ResourceNotFoundException({
      message: `No node group found for name: ${nodegroup}.`,
      $metadata,
    });
  }

  /** Every update ends; with errors they have failed. */
  finish(cluster: string, nodegroup: string, errors: Update["errors"] = []): void {
    this.of(cluster, nodegroup).status = "ACTIVE";
    for (const [id, update] of this.updates) {
      if (update.status !== "InProgress") continue;
      this.updates.set(id, { ...update, status: errors.length > 0 ? "Failed" : "Successful", errors });
    }
  }

  private answer(command: string | undefined, input: object) {
    if (this.outage !== null) throw this.outage;
    switch (command) {
      case "DescribeNodegroupCommand":
        return { nodegroup: this.describe(input as DescribeNodegroupRequest), $metadata };
      case "DescribeUpdateCommand":
        return { update: this.describeUpdate(input as DescribeUpdateRequest), $metadata };
      case "UpdateNodegroupConfigCommand":
        return { update: this.update(input as UpdateNodegroupConfigRequest), $metadata };
      default:
        throw new Error(`the fake does not answer ${command}`);
    }
  }

  private describe({ clusterName, nodegroupName }: DescribeNodegroupRequest): Nodegroup {
    const { issues, status, minSize, maxSize, desiredSize, warmPoolConfig } = this.of(
      clusterName ?? "",
      nodegroupName ?? "",
    );
    return {
      clusterName,
      nodegroupName,
      status,
      scalingConfig: { minSize, maxSize, desiredSize },
      health: { issues },
      ...(warmPoolConfig === undefined ? {} : { warmPoolConfig }),
    };
  }

  private describeUpdate({ updateId }: DescribeUpdateRequest): Update {
    const update = this.updates.get(updateId ?? "");
    if (update !== undefined) return update;
    throw new ResourceNotFoundException({ message: `No update found for ID: ${updateId}`, $metadata });
  }

  /** A repeated token answers as it did the first time; with another request it is refused. */
  private update(call: UpdateNodegroupConfigRequest): Update {
    const { clusterName = "", nodegroupName = "", clientRequestToken = "", scalingConfig = {} } = call;
    this.updateCalls.push(call);
    this.beforeUpdate();
    const request = JSON.stringify([clusterName, nodegroupName, scalingConfig]);
    const answered = this.byToken.get(clientRequestToken);
    if (answered?.request === request) return answered.update;
    if (answered !== undefined) throw invalid("The client request token was used with other parameters");
    const update = this.change(this.of(clusterName, nodegroupName), scalingConfig);
    this.byToken.set(clientRequestToken, { request, update });
    return update;
  }

  /** Moving only a limit ends at once; here that stands for the seconds that the real service takes. */
  private change(nodegroup: FakeNodegroup, change: NodegroupScalingConfig): Update {
    if (nodegroup.status !== "ACTIVE" && nodegroup.status !== "DEGRADED") {
      const message = "Nodegroup cannot be updated as it is currently not in Active State";
      throw new ResourceInUseException({ message, $metadata });
    }
    const { desiredSize } = nodegroup;
    const next = {
      minSize: change.minSize ?? nodegroup.minSize,
      maxSize: change.maxSize ?? nodegroup.maxSize,
      desiredSize: change.desiredSize ?? desiredSize,
    };
    check(next, nodegroup.quota);
    const takesTime = next.desiredSize !== desiredSize && !this.atOnce;
    Object.assign(nodegroup, next, takesTime ? { status: "UPDATING" } : {});
    const id = `update-${this.updates.size + 1}`;
    const update: Update = { id, type: "ConfigUpdate", status: takesTime ? "InProgress" : "Successful" };
    this.updates.set(id, update);
    return update;
  }
}

type Sizes = Pick<FakeNodegroup, "minSize" | "maxSize" | "desiredSize">;

function check({ minSize, maxSize, desiredSize }: Sizes, quota: number | undefined): void {
  if (minSize > desiredSize) {
    throw invalid(`Minimum capacity ${minSize} can't be greater than desired size ${desiredSize}`);
  }
  if (desiredSize > maxSize) {
    throw invalid(`desired capacity ${desiredSize} can't be greater than max size ${maxSize}`);
  }
  if (quota !== undefined && desiredSize > quota) {
    const message = `The requested ${desiredSize} nodes exceed the limit of ${quota} nodes per node group`;
    throw new InvalidRequestException({ message, $metadata });
  }
}

function invalid(message: string): InvalidParameterException {
  return new InvalidParameterException({ message, $metadata });
}
