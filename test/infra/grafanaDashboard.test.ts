import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { FLEET_METRICS } from "../../lib/contract/fleetMetrics.ts";
import { grafanaDashboard } from "../../lib/infra/grafanaDashboard.ts";

interface Panel {
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}

describe("the dashboard for Grafana", () => {
  const dashboard = JSON.parse(JSON.stringify(grafanaDashboard()));

  it("is the one in docs", () => {
    expect(JSON.parse(readFileSync("docs/grafana-dashboard.json", "utf8"))).toEqual(dashboard);
  });

  it("uses no variable that it does not have, and has none that it does not use", () => {
    const used = JSON.stringify(dashboard).matchAll(/\$(\w+)/g);
    const known: string[] = dashboard.templating.list.map((each: { name: string }) => each.name);
    expect(new Set([...used].map(([, name]) => name))).toEqual(new Set(known));
  });

  it("shows every metric that the functions publish", () => {
    const shown = JSON.stringify(dashboard.panels);
    for (const name of Object.values(FLEET_METRICS)) expect(shown).toContain(`"metricName":"${name}"`);
  });

  it("lays its panels side by side without overlap", () => {
    const places = dashboard.panels.map(({ gridPos: { x, y, w } }: Panel) => ({ x, y, right: x + w }));
    expect(new Set(places.map(({ x, y }: { x: number; y: number }) => `${x},${y}`)).size).toBe(places.length);
    for (const { right } of places) expect(right).toBeLessThanOrEqual(24);
  });
});
