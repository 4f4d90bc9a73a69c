import { deployedRuntime } from "../shared/deployed.ts";
import { onAlarm } from "./onAlarm.ts";

export const handler = onAlarm(deployedRuntime(import.meta.url));
