import { deployedRuntime } from "../lambda/deployed.ts";
import { buildForecast } from "./buildForecast.ts";

export const handler = buildForecast(deployedRuntime(import.meta.url));
