/** A policy of one target as people write it. */

export const CHAT = {
  kind: "sagemaker-variant",
  endpoint: "chat-prod",
  variant: "AllTraffic",
  capacity: { min: 1, max: 12 },
  load: { metric: "invocations", perUnit: 240 },
};

export const withChat = (parts: object, more: object = {}): unknown => ({
  targets: { chat: { ...CHAT, ...parts } },
  ...more,
});
