/** What a command reads of a running controller: its stored forecasts and its metrics, with the caller's own credentials. */
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { TargetPolicy } from "../../core/policy.ts";
import type { ForecastStore } from "../../ports/forecastStore.ts";
import type { MetricSource } from "../../ports/metricSource.ts";
import { CloudWatchMetricSource } from "./cloudwatch/cloudWatchMetricSource.ts";
import { DynamoForecastStore } from "./dynamo/dynamoForecastStore.ts";
import { DynamoTable } from "./dynamo/dynamoTable.ts";

/** Somebody waits at a terminal. */
const PATIENT = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} as const;

export interface Reading {
  readonly forecasts: Pick<ForecastStore, "get">;
  readonly metrics: Pick<MetricSource, "history">;
}

/** Region and credentials come from where the AWS SDK looks for them. Nothing is called yet. */
export function readingOf(table: string, targets: readonly TargetPolicy[]): Reading {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(PATIENT));
  return {
    forecasts: new DynamoForecastStore(new DynamoTable(documents, table)),
    metrics: new CloudWatchMetricSource(new CloudWatchClient(PATIENT), targets),
  };
}
