import { deployedRuntime } from "../shared/deployed.ts";
import { onEndpointChange } from "./onEndpointChange.ts";

export const handler = onEndpointChange(deployedRuntime(import.meta.url));
