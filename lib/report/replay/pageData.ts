/** What the page needs of a result, and no more: decisions without what they were made from. */
import type { Decision, DecisionRecord } from "../../core/decision.ts";
import type { ReplayResult, Run } from "../../core/replayResult.ts";

export interface PageDecision
  extends Pick<
    Decision,
    "at" | "from" | "desired" | "reason" | "needs" | "holds" | "bounds" | "overrides" | "notices"
  > {
  readonly outcome: string;
  readonly ready: number;
  readonly locked: boolean;
}

export interface PageRun extends Omit<Run, "decisions"> {
  readonly decisions: readonly PageDecision[];
}

export interface PageData extends Omit<ReplayResult, "runs"> {
  readonly runs: readonly PageRun[];
}

/** The page's data as JSON, in pieces: joined they are a PageData. */
export function* pageDataText(result: ReplayResult): Generator<string> {
  const { runs, ...head } = result;
  yield `${JSON.stringify(head).slice(0, -1)},"runs":[`;
  for (const [index, { decisions, ...run }] of runs.entries()) {
    yield `${index > 0 ? "," : ""}${JSON.stringify(run).slice(0, -1)},"decisions":[`;
    for (const [i, record] of decisions.entries()) {
      yield `${i > 0 ? "," : ""}${JSON.stringify(pageDecisionOf(record))}`;
    }
    yield "]}";
  }
  yield "]}";
}

function pageDecisionOf({ decision, outcome, situation }: DecisionRecord): PageDecision {
  const { at, from, desired, reason, needs, holds, bounds, overrides, notices } = decision;
  const said =
    "why" in outcome ? `${outcome.kind}: ${outcome.why}` : `${outcome.kind}: ${outcome.units} units`;
  return {
    at,
    from,
    desired,
    reason,
    needs,
    holds,
    bounds,
    overrides,
    notices,
    outcome: said,
    ready: situation.capacity.ready,
    locked: situation.capacity.locked !== null,
  };
}
