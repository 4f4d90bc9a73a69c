/**
 * Prices in us-east-1 in US dollars, from AWS's price lists of May to August 2026. Free tiers are left out: an account
 * has them once, and other things use them too.
 */
export const PRICES = {
  /** GetMetricData, for each metric asked for. */
  metricRead: 0.01 / 1_000,
  /** Other calls of the CloudWatch API; taken to be billed like metrics, which could not be checked. */
  cloudWatchCall: 0.01 / 1_000,
  alarmMonth: 0.1,
  customMetricMonth: 0.3,
  logGb: 0.5,
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  /** With point-in-time recovery. */
  tableGbMonth: 0.25 + 0.2,
  lambdaRequest: 0.2 / 1e6,
  /** arm64. */
  lambdaGbSecond: 0.0000133334,
  schedulerInvocation: 1 / 1e6,
} as const;
