import { deployedRuntime } from "../lambda/deployed.ts";
import { onTick } from "./onTick.ts";

export const handler = onTick(deployedRuntime(import.meta.url));
