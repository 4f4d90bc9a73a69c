/** The shape of a policy as people write it. What the schema passes on is parsed word by word but not yet complete. */
import { IANAZone } from "luxon";
import { z } from "zod";
import { event, promotion } from "./datedSchema.ts";
import { DEFAULTS } from "./defaults.ts";
import {
  DURATION_WORDS,
  LATENCY_WORDS,
  parseDuration,
  parseLatencyMs,
  parseWindow,
  WINDOW_WORDS,
} from "./durations.ts";
import { ID, named, number, oneOf, saying, strict, written } from "./fields.ts";
import { sayGot } from "./problems.ts";
import { parseShare, parseStep, SHARE_WORDS, STEP_WORDS } from "./shares.ts";

const AWS_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
const KUBERNETES_NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

const duration = (description: string) => written(parseDuration, DURATION_WORDS, description);
const share = (description: string) => written(parseShare, SHARE_WORDS, description);
const awsName = (description: string) =>
  named(AWS_NAME, "1 to 63 letters, digits and single hyphens", description);
const kubernetesName = (description: string) =>
  named(KUBERNETES_NAME, "lower-case letters, digits, hyphens and dots", description);
const timeZone = written(
  (text) => (IANAZone.isValidZone(text) ? text : null),
  "an IANA time zone such as Asia/Shanghai or UTC",
  "The wall clock that days and weeks follow",
);

const step = (description: string) =>
  z
    .union([z.number(), z.string()], { error: (issue) => saying(issue.input, STEP_WORDS) })
    .meta({ description: `${description}: ${STEP_WORDS}` })
    .transform((value, context) => {
      const parsed = parseStep(value);
      if (parsed !== null) return parsed;
      context.addIssue({ code: "custom", message: saying(value, STEP_WORDS) });
      return z.NEVER;
    });

const maxStep = (description: string) =>
  z
    .union([z.number(), z.string()], { error: (issue) => saying(issue.input, `${STEP_WORDS}, or none`) })
    .meta({ description: `${description}: ${STEP_WORDS}, or none` })
    .transform((value, context) => {
      if (value === "none") return null;
      const parsed = parseStep(value);
      if (parsed !== null) return parsed;
      context.addIssue({ code: "custom", message: saying(value, `${STEP_WORDS}, or none`) });
      return z.NEVER;
    });

const STATISTIC_WORDS = "average, sum, maximum, minimum, sampleCount, or a percentile such as p95";
const statistic = named(
  /^(average|sum|maximum|minimum|sampleCount|p\d{1,2}(\.\d+)?)$/,
  STATISTIC_WORDS,
  "How a minute's values are put together",
);

const threshold = z
  .union([z.number(), z.string()], {
    error: (issue) => saying(issue.input, "a number, a percentage such as 70%, or a latency such as 800ms"),
  })
  .meta({ description: "The threshold in the metric's unit: 70%, 800ms, or a number" });

export const rule = strict({
  metric: named(ID, "the name of a metric", "Which metric is watched"),
  statistic: statistic.optional(),
  above: threshold.optional(),
  below: threshold.optional(),
  for: written(parseWindow, WINDOW_WORDS, "How long it must last"),
  scale: oneOf(["out", "in", "freeze"], "Ask for more, permit less, or stop scale-in and notify").optional(),
  by: z
    .union([z.literal("proportional"), step("How much is asked for")], {
      error: (issue) => saying(issue.input, `proportional, ${STEP_WORDS}`),
    })
    .optional(),
});

const located = {
  namespace: z.string().min(1).meta({ description: "CloudWatch namespace" }),
  name: z.string().min(1).meta({ description: "CloudWatch metric name" }),
  dimensions: z.record(z.string(), z.string()).meta({ description: "CloudWatch dimensions" }).optional(),
};

const metric = strict({
  unit: oneOf(["percent", "milliseconds", "count"], "What its numbers are"),
  statistic,
  proportional: z.boolean({ error: (issue) => saying(issue.input, "true or false") }).optional(),
  namespace: located.namespace.optional(),
  name: located.name.optional(),
  dimensions: located.dimensions,
  expression: z
    .string()
    .min(1)
    .meta({ description: "CloudWatch metric math over the names of `of`" })
    .optional(),
  of: z
    .record(
      named(
        /^[a-z][a-zA-Z0-9_]{0,62}$/,
        "a name that begins with a small letter",
        "Its name in the expression",
      ),
      strict({ ...located, statistic: statistic.optional() }),
    )
    .meta({ description: "The metrics that the expression joins, by name" })
    .optional(),
});

/** The keys of a target that `defaults` may give for all of them. */
const shared = {
  mode: oneOf(["shadow", "floor", "full"], "shadow records, floor raises minimums, full sets capacity"),
  timeZone,
  objective: strict({
    latencyP95: written(
      parseLatencyMs,
      LATENCY_WORDS,
      "95 % of the requests of a minute are faster",
    ).optional(),
    share: share("The promise: the share of requests inside the objective").optional(),
  }),
  leadTime: strict({
    expected: duration("From asking for a unit to it serving, usually").prefault(DEFAULTS.leadTime.expected),
    worst: duration("And in one of twenty starts").prefault(DEFAULTS.leadTime.worst),
  }),
  demand: strict({
    quantile: share(
      "Of the highest load in the protection interval, instead of what the promise asks for",
    ).optional(),
    reactiveHeadroom: share("Over the recent peak without a forecast").prefault(
      DEFAULTS.demand.reactiveHeadroom,
    ),
    recentHeadroom: share("Over the recent peak with a forecast").prefault(DEFAULTS.demand.recentHeadroom),
    forecastStaleAfter: duration("An older forecast is not used").prefault(
      DEFAULTS.demand.forecastStaleAfter,
    ),
    forecast: oneOf(
      ["on", "off"],
      "Whether seasons are forecast; off learns from the last hour alone",
    ).prefault(DEFAULTS.demand.forecast),
    gate: oneOf(["on", "off"], "Whether a forecast that turns bad is not used").prefault(
      DEFAULTS.demand.gate,
    ),
  }),
  rules: z.array(rule, { error: (issue) => saying(issue.input, "a list of rules") }),
  errorGuard: oneOf(["on", "off"], "Whether a high errorRate freezes scale-in when no rule says"),
  scaleOut: strict({
    cooldown: duration("Between two reactions").prefault(DEFAULTS.scaleOut.cooldown),
    maxStep: maxStep("At most so many more at a time").prefault(DEFAULTS.scaleOut.maxStep),
  }),
  scaleIn: strict({
    stabilization: duration(
      `The largest recommendation of this time counts (${DEFAULTS.scaleIn.stabilization}, or 3m for a kubernetes-workload)`,
    ).optional(),
    reactiveStabilization: duration(
      `The same without a forecast and in promotions, if longer (${DEFAULTS.scaleIn.reactiveStabilization}, or 3m for a kubernetes-workload)`,
    ).optional(),
    cooldown: duration("Between two scale-ins").prefault(DEFAULTS.scaleIn.cooldown),
    maxStep: maxStep("At most so many fewer at a time").prefault(DEFAULTS.scaleIn.maxStep),
    payback: duration(
      `A unit that is wanted back sooner is kept (six times leadTime.expected, ${DEFAULTS.scaleIn.payback}; three times for a kubernetes-workload)`,
    ).optional(),
  }),
  staleAfter: duration("Older readings count as missing"),
  price: strict({
    perUnitHour: number(0, false, "a number of at least 0", "Price of a unit for an hour").prefault(
      DEFAULTS.price.perUnitHour,
    ),
    perMissedRequest: number(
      1e-12,
      false,
      "a number above 0",
      "What a request outside the objective costs; sets the promise",
    ).optional(),
    currency: named(/^[A-Z]{3}$/, "three capital letters such as USD", "Its currency").prefault(
      DEFAULTS.price.currency,
    ),
  }),
  metrics: z.record(named(ID, "a name", "A metric of your own"), metric),
  events: z.array(event, { error: (issue) => saying(issue.input, "a list of events") }),
  calendar: z
    .string({ error: (issue) => saying(issue.input, "the path of an iCalendar file") })
    .min(1, { error: (issue) => saying(issue.input, "the path of an iCalendar file") })
    .meta({ description: "An iCalendar file of holidays, as seen from the policy file" }),
  unit: strict({
    gpus: number(1, true, "a whole number from 1", "GPUs of one instance").optional(),
    vcpus: number(1, true, "a whole number from 1", "vCPUs of one instance").optional(),
  }),
};

const PER_UNIT_WORDS = "a number above 0, or auto (as when it is left out) to have it learned";

/** Keys that every target has beside its identity. */
const common = {
  capacity: strict({
    min: number(0, true, "a whole number from 0", "Fewest units"),
    max: number(1, true, "a whole number from 1", "Most units"),
  }),
  load: strict({
    metric: named(ID, "the name of a metric", "What the target must carry"),
    statistic: statistic.optional(),
    perUnit: z
      .union([z.literal("auto"), number(1e-6, false, PER_UNIT_WORDS, "How much of it one unit carries")], {
        error: (issue) => saying(issue.input, PER_UNIT_WORDS),
      })
      .meta({ description: `How much of it one unit carries inside the objective: ${PER_UNIT_WORDS}` })
      .optional(),
    every: oneOf(["10s", "15s", "30s", "1m"], "How often it is published").optional(),
  }).optional(),
  ...shared,
  mode: shared.mode.prefault(DEFAULTS.mode),
  timeZone: shared.timeZone.prefault(DEFAULTS.timeZone),
  objective: shared.objective.prefault({}),
  leadTime: shared.leadTime.prefault({}),
  demand: shared.demand.prefault({}),
  rules: shared.rules.prefault([]),
  errorGuard: shared.errorGuard.prefault("on"),
  scaleOut: shared.scaleOut.prefault({}),
  scaleIn: shared.scaleIn.prefault({}),
  staleAfter: shared.staleAfter.prefault(DEFAULTS.staleAfter),
  price: shared.price.prefault({}),
  metrics: shared.metrics.prefault({}),
  unit: shared.unit.prefault({}),
  events: shared.events.prefault([]),
  calendar: shared.calendar.optional(),
};

const kind = <const K extends string>(name: K) => z.literal(name).meta({ description: "What is scaled" });

export const target = z.discriminatedUnion(
  "kind",
  [
    strict({
      kind: kind("sagemaker-variant"),
      endpoint: awsName("Endpoint"),
      variant: awsName("Variant"),
      ...common,
    }),
    strict({
      kind: kind("sagemaker-inference-component"),
      component: awsName("Inference component"),
      ...common,
    }),
    strict({
      kind: kind("sagemaker-async-variant"),
      endpoint: awsName("Endpoint"),
      variant: awsName("Variant"),
      ...common,
    }),
    strict({
      kind: kind("eks-nodegroup"),
      cluster: awsName("Cluster"),
      nodegroup: awsName("Node group"),
      ...common,
    }),
    strict({
      kind: kind("kubernetes-workload"),
      cluster: awsName("Cluster"),
      namespace: kubernetesName("Namespace"),
      workload: named(
        /^(deployment|hpa|scaledobject)\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
        "deployment/NAME, hpa/NAME or scaledobject/NAME",
        "What is scaled in it",
      ),
      ...common,
    }),
  ],
  {
    error: (issue) => {
      const got = (issue.input as { readonly kind?: unknown } | undefined)?.kind;
      return `got kind ${sayGot(got)}; allowed: ${KINDS}`;
    },
  },
);

const KINDS =
  "sagemaker-variant, sagemaker-inference-component, sagemaker-async-variant, eks-nodegroup, kubernetes-workload";

/** `defaults` are checked alone, so that a mistake in them is reported where it stands. */
export const defaults = strict(shared).partial();

export const policySchema = strict({
  defaults: defaults.optional(),
  targets: z
    .record(
      named(ID, "1 to 63 letters, digits, dots, underscores and hyphens", "The target's name"),
      target,
      {
        error: (issue) => saying(issue.input, "a mapping of target names to targets"),
      },
    )
    .meta({ description: "What is scaled, by name" }),
  promotions: z
    .array(promotion, { error: (issue) => saying(issue.input, "a list of promotions") })
    .prefault([]),
});

export type PolicyInput = z.input<typeof policySchema>;
export type WrittenTarget = z.output<typeof target>;
export type WrittenRule = z.output<typeof rule>;
