/** Shows how far long work has come, on a terminal only; output that is piped stays clean. */
import { Presets, SingleBar } from "cli-progress";

export interface Progress {
  update(label: string, share: number): void;
  stop(): void;
}

/** A bar on standard error when it is a terminal, otherwise nothing. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    { format: "{bar} {percentage} % · {eta_formatted} left · {label}", stream, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(1000, 0, { label: "" });
  return {
    update: (label, share) => bar.update(Math.round(share * 1000), { label }),
    stop: () => bar.stop(),
  };
}
