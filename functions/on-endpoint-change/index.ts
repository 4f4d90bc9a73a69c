import { deployedRuntime } from "../lambda/deployed.ts";
import { onEndpointChange } from "./onEndpointChange.ts";

export const handler = onEndpointChange(deployedRuntime(import.meta.url));
