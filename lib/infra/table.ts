/** The one table: memory and leases, forecasts, promotions, overrides, decisions, floors. */
import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import { TABLE } from "../contract/table.ts";

/**
 * Retained, since it holds the record of every decision. The key of AWS is enough: it shows its use in CloudTrail, costs
 * nothing to keep and needs no rights of the functions, and what is stored are units and loads, nothing personal.
 */
export function makeTable(scope: Construct): TableV2 {
  return new TableV2(scope, "Table", {
    partitionKey: { name: TABLE.partitionKey, type: AttributeType.STRING },
    sortKey: { name: TABLE.sortKey, type: AttributeType.STRING },
    timeToLiveAttribute: TABLE.timeToLive,
    billing: Billing.onDemand(),
    encryption: TableEncryptionV2.awsManagedKey(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
