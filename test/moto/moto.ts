/** Clients of the moto server that the runner has started, and the things that AWS would already have. */
import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateClusterCommand, CreateNodegroupCommand, EKSClient } from "@aws-sdk/client-eks";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DescribeEndpointCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";

export const REGION = "eu-west-1";
export const ACCOUNT = "123456789012";

export const MOTO_URL = ((): string => {
  const url = process.env["FOREWARM_MOTO_URL"];
  if (url === undefined) throw new Error("these tests need a moto server: run them with npm run test:moto");
  return url;
})();

export const CREDENTIALS = { accessKeyId: "testing", secretAccessKey: "testing" };
const CONFIG = { endpoint: MOTO_URL, region: REGION, credentials: CREDENTIALS };

export const sageMaker = new SageMakerClient(CONFIG);
export const autoScaling = new ApplicationAutoScalingClient(CONFIG);
export const cloudWatch = new CloudWatchClient(CONFIG);
export const eks = new EKSClient(CONFIG);
export const dynamo = new DynamoDBClient(CONFIG);

/** Empties the server: every test begins with an account in which there is nothing. */
export async function resetMoto(): Promise<void> {
  const response = await fetch(`${MOTO_URL}/moto-api/reset`, { method: "POST" });
  if (!response.ok) throw new Error(`moto answered ${response.status} to a reset`);
}

/** An endpoint of one variant with so many instances. moto knows older instance types only. */
export async function makeEndpoint(name: string, variant: string, instances: number): Promise<void> {
  const role = `arn:aws:iam::${ACCOUNT}:role/sagemaker`;
  await sageMaker.send(
    new CreateModelCommand({ ModelName: name, ExecutionRoleArn: role, PrimaryContainer: { Image: "image" } }),
  );
  await sageMaker.send(
    new CreateEndpointConfigCommand({
      EndpointConfigName: name,
      ProductionVariants: [
        {
          VariantName: variant,
          ModelName: name,
          InstanceType: "ml.g4dn.xlarge",
          InitialInstanceCount: instances,
          InitialVariantWeight: 1,
        },
      ],
    }),
  );
  await sageMaker.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
}

/** What the emulated platform itself says, not what an adapter makes of it. */
export async function instancesOf(endpoint: string): Promise<number | undefined> {
  const answer = await sageMaker.send(new DescribeEndpointCommand({ EndpointName: endpoint }));
  return answer.ProductionVariants?.[0]?.DesiredInstanceCount;
}

export async function makeNodegroup(
  cluster: string,
  nodegroup: string,
  sizes: [number, number, number],
): Promise<void> {
  const role = `arn:aws:iam::${ACCOUNT}:role/eks`;
  await eks.send(new CreateClusterCommand({ name: cluster, roleArn: role, resourcesVpcConfig: {} }));
  const [minSize, desiredSize, maxSize] = sizes;
  await eks.send(
    new CreateNodegroupCommand({
      clusterName: cluster,
      nodegroupName: nodegroup,
      nodeRole: role,
      subnets: ["subnet-1"],
      scalingConfig: { minSize, desiredSize, maxSize },
    }),
  );
}

/** One value a minute from `start` (epoch seconds) on. */
export async function putMinutes(
  namespace: string,
  name: string,
  dimensions: Readonly<Record<string, string>>,
  start: number,
  values: readonly number[],
): Promise<void> {
  const data = values.map((Value, i) => ({
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, each]) => ({ Name, Value: each })),
    Timestamp: new Date((start + 60 * i) * 1000),
    Value,
  }));
  await cloudWatch.send(new PutMetricDataCommand({ Namespace: namespace, MetricData: data }));
}
