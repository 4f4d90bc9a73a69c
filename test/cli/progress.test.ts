import { PassThrough } from "node:stream";
import { describe, expect, it } from "@jest/globals";
import { showProgress } from "../../lib/cli/progress.ts";

function streamOf(isTTY: boolean): { stream: NodeJS.WriteStream; text: () => string } {
  const chunks: string[] = [];
  const through = new PassThrough();
  through.on("data", (chunk) => chunks.push(String(chunk)));
  const stream = Object.assign(through, {
    isTTY,
    columns: 120,
    cursorTo: () => true,
    moveCursor: () => true,
    clearLine: () => true,
  }) as unknown as NodeJS.WriteStream;
  return { stream, text: () => chunks.join("") };
}

function showSome(isTTY: boolean): string {
  const { stream, text } = streamOf(isTTY);
  const progress = showProgress(stream);
  progress.update("Static peak", 0.5);
  progress.stop();
  return text();
}

describe("showProgress", () => {
  it("writes nothing when the stream is no terminal", () => {
    expect(showSome(false)).toBe("");
  });

  it("shows a bar with what is being done on a terminal", () => {
    const text = showSome(true);
    expect(text).toContain("50 %");
    expect(text).toContain("Static peak");
  });
});
