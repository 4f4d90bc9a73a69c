/** Events that come from and go to other programs. */

/** EventBridge events out. */
export const EVENT_SOURCE = "forewarm";
export const EVENT_DETAIL_TYPE = "Forewarm Notice";

/** The group's and the timers' names: 64 characters of letters, digits, `-`, `_` and `.` at most. */
export const TIMER_NAME_LENGTH = 64;

/** The input of a promotion's timer; the Scheduler replaces the literal by the planned instant. */
export interface TimerInput {
  readonly kind: "timer";
  readonly target: string;
  readonly promotion: string;
  readonly scheduledTime: string;
}
export const SCHEDULED_TIME = "<aws.scheduler.scheduled-time>";

/** The input of the one-minute tick. */
export interface TickInput {
  readonly kind: "tick";
  readonly scheduledTime: string;
}

/** The input of the forecast's refresh. */
export interface RefreshInput {
  readonly kind: "refresh";
  readonly scheduledTime: string;
}
