/** Names of the alarms on the rules of the policy: made by the stack, understood by the functions. */

/** `forewarm/chat/rules[0]`. Target ids hold no slash, so the name can be read back. */
export function alarmNameOf(prefix: string, target: string, rulePath: string): string {
  return `${prefix}${target}/${rulePath}`;
}

/** Which rule of which target an alarm watches; null for an alarm that is not one of ours. */
export function parseAlarmName(
  prefix: string,
  name: string,
): { readonly target: string; readonly rulePath: string } | null {
  if (!name.startsWith(prefix)) return null;
  const match = /^([^/]+)\/([^/]+)$/.exec(name.slice(prefix.length));
  return match === null ? null : { target: match[1] as string, rulePath: match[2] as string };
}
