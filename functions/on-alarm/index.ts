import { deployedRuntime } from "../lambda/deployed.ts";
import { onAlarm } from "./onAlarm.ts";

export const handler = onAlarm(deployedRuntime(import.meta.url));
