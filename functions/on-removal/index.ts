import { deployedRuntime } from "../lambda/deployed.ts";
import { onRemoval } from "./onRemoval.ts";

export const handler = onRemoval(deployedRuntime(import.meta.url));
