import { deployedRuntime } from "../shared/deployed.ts";
import { onTick } from "./onTick.ts";

export const handler = onTick(deployedRuntime(import.meta.url));
