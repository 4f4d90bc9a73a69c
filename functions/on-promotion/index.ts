import { deployedRuntime } from "../lambda/deployed.ts";
import { onPromotion } from "./onPromotion.ts";

export const handler = onPromotion(deployedRuntime(import.meta.url));
