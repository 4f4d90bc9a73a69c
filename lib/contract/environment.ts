/** Names of the environment variables that the stack sets and the functions read. */
export const ENVIRONMENT = {
  /** The stack's name: `service` in logs and metrics. */
  service: "FOREWARM_SERVICE",
  /** Name of the DynamoDB table. */
  table: "FOREWARM_TABLE",
  /** What the names of all alarms on policy rules begin with. */
  alarmPrefix: "FOREWARM_ALARM_PREFIX",
  /** SNS topic for people. */
  topicArn: "FOREWARM_TOPIC_ARN",
  /** EventBridge bus for machines. */
  eventBusName: "FOREWARM_EVENT_BUS",
  /** EventBridge Scheduler group that holds the one-time timers of promotions. */
  timerGroup: "FOREWARM_TIMER_GROUP",
  /** The role under which the Scheduler wakes the function. */
  timerRoleArn: "FOREWARM_TIMER_ROLE_ARN",
  /** The function that a timer wakes. */
  timerFunctionArn: "FOREWARM_TIMER_FUNCTION_ARN",
  /** Where a timer's wake-up goes that could not be delivered. */
  timerDeadLettersArn: "FOREWARM_TIMER_DEAD_LETTERS_ARN",
} as const;

/** The complete policy as JSON, in the function's own folder beside its code. */
export const POLICY_FILE = "policy.json";
