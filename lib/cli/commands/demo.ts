/** `forewarm demo`: the shop example with its promotion, end to end, from nothing but this checkout. */
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import type { Policy } from "../../core/policy.ts";
import { generateShop } from "../../sim/traces/generateShop.ts";
import { readPolicy } from "../files.ts";
import { replayAndShow } from "./replay.ts";

const SHOP_POLICY = fileURLToPath(new URL("../../../examples/shop.yaml", import.meta.url));

/** Four weeks that hold the promotion; the first two are history when the replay begins. */
const START = Date.UTC(2025, 9, 19, 16) / 1000;
const DAYS = 28;
const HISTORY_SECONDS = 14 * 86_400;

/** The shop's people live in China, which has no daylight saving. */
const SHOP_UTC_OFFSET_SECONDS = 8 * 3_600;

export function demoCommand(): Command {
  return new Command("demo")
    .description("Replay a synthetic shop with a promotion and leave a page that shows what happened and why")
    .option("--out <folder>", "where result.json and report.html go", "out/demo")
    .action(run);
}

async function run({ out }: { readonly out: string }): Promise<void> {
  const policy = await readPolicy(SHOP_POLICY);
  const [target] = policy.targets;
  if (target === undefined) throw new Error(`${SHOP_POLICY} has no target`);
  process.stdout.write(
    "A synthetic shop: four weeks of made-up traffic; the last two are replayed, with 11.11 in them.\n",
  );
  await replayAndShow({
    trace: generateShop({
      seed: 1,
      start: START,
      days: DAYS,
      utcOffsetSeconds: SHOP_UTC_OFFSET_SECONDS,
      promotion: shopPromotion(policy),
    }),
    target,
    promotions: policy.promotions,
    units: null,
    words: { history: HISTORY_SECONDS, platform: "sagemaker", seed: 1, out },
  });
  process.stdout.write(`${NEXT.replaceAll("{out}", out)}\n`);
}

/** The traffic of the promotion: close to what the policy announces, not equal to it. */
function shopPromotion({ promotions }: Policy): { start: number; end: number; multiplier: number } {
  const [promotion] = promotions;
  if (promotion === undefined) throw new Error(`${SHOP_POLICY} has no promotion`);
  return { start: promotion.start, end: promotion.end, multiplier: 2.8 };
}

const NEXT = `
Three things to try next:
  1. Open {out}/report.html and click a decision to see why it was made.
  2. Your own traffic:   npx forewarm replay your.csv --units 8 --lead 6m
  3. One moment again:   npx forewarm explain {out}/result.json --at 2025-11-11T00:00+08:00`;
