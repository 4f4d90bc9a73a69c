/** Where SageMaker has the targets of a policy. */
import type { TargetPolicy } from "../../../core/policy.ts";

export interface VariantPlace {
  readonly target: string;
  readonly kind: "sagemaker-variant" | "sagemaker-async-variant";
  readonly endpoint: string;
  readonly variant: string;
}

export interface ComponentPlace {
  readonly target: string;
  readonly kind: "sagemaker-inference-component";
  readonly component: string;
}

/** By target; targets of other kinds are left out. Throws for a variant without its names. */
export function variantPlaces(targets: readonly TargetPolicy[]): ReadonlyMap<string, VariantPlace> {
  const places = targets.flatMap((policy): VariantPlace[] => {
    const { id: target, kind } = policy;
    if (kind !== "sagemaker-variant" && kind !== "sagemaker-async-variant") return [];
    return [{ target, kind, endpoint: nameIn(policy, "endpoint"), variant: nameIn(policy, "variant") }];
  });
  return new Map(places.map((place) => [place.target, place]));
}

/** By target; targets of other kinds are left out. Throws for a component without its name. */
export function componentPlaces(targets: readonly TargetPolicy[]): ReadonlyMap<string, ComponentPlace> {
  const places = targets.flatMap((policy): ComponentPlace[] => {
    const { id: target, kind } = policy;
    if (kind !== "sagemaker-inference-component") return [];
    return [{ target, kind, component: nameIn(policy, "component") }];
  });
  return new Map(places.map((place) => [place.target, place]));
}

/** The place of a target; throws for one that is not there and names those that are. */
export function placeIn<P>(places: ReadonlyMap<string, P>, target: string, what: string): P {
  const place = places.get(target);
  if (place !== undefined) return place;
  const known = [...places.keys()].join(", ") || "none";
  throw new Error(`no ${what} is target "${target}" of the policy; these are: ${known}`);
}

function nameIn({ id, kind, resource }: TargetPolicy, key: string): string {
  const name = resource[key];
  if (name !== undefined) return name;
  const got = Object.keys(resource).join(", ") || "nothing";
  throw new Error(`${id} is a ${kind} and its resource needs ${key}, got: ${got}`);
}
