/** EventBridge Scheduler behind the real client: one group of one-time schedules, with the service's checks. */
import {
  ConflictException,
  type CreateScheduleInput,
  ResourceNotFoundException,
  SchedulerClient,
  type SchedulerServiceException,
  ValidationException,
} from "@aws-sdk/client-scheduler";
import type { EpochSeconds } from "../../../../lib/core/time.ts";
import type { Clock } from "../../../../lib/ports/clock.ts";

const $metadata = {};

const AT = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/;

export class FakeScheduler {
  readonly client = new SchedulerClient({ region: "eu-west-1" });
  /** The names of the commands that came in. */
  readonly calls: string[] = [];
  readonly schedules = new Map<string, CreateScheduleInput>();
  /** An error for every call from now on. */
  outage: SchedulerServiceException | null = null;
  private readonly group: string;
  private readonly clock: Clock;

  constructor(group: string, clock: Clock) {
    this.group = group;
    this.clock = clock;
    this.client.middlewareStack.add(
      (_next, context) => async (args) => ({
        output: { ...this.answer(context.commandName, args.input), $metadata },
        response: {},
      }),
      { step: "initialize", priority: "high" },
    );
  }

  /** The instants of the schedules whose input has these parts. */
  instantsOf(parts: Readonly<Record<string, string>>): EpochSeconds[] {
    const ours = [...this.schedules.values()].filter(({ Target }) => {
      const input: Record<string, unknown> = JSON.parse(Target?.Input ?? "{}");
      return Object.entries(parts).every(([key, value]) => input[key] === value);
    });
    return ours.map(instantOf);
  }

  private answer(command: string | undefined, input: object): object {
    const schedule = input as CreateScheduleInput;
    this.calls.push(command ?? "");
    if (this.outage !== null) throw this.outage;
    if (schedule.GroupName !== this.group) {
      throw new ResourceNotFoundException({
        Message: undefined,
        message: `Schedule group ${schedule.GroupName} does not exist.`,
        $metadata,
      });
    }
    const name = schedule.Name ?? "";
    const exists = this.schedules.has(name);
    switch (command) {
      case "CreateScheduleCommand":
        if (exists) throw conflict(name);
        return this.put(schedule);
      case "UpdateScheduleCommand":
        if (!exists) throw notFound(name);
        return this.put(schedule);
      case "DeleteScheduleCommand":
        if (!this.schedules.delete(name)) throw notFound(name);
        return {};
      default:
        throw new Error(`the fake does not answer ${command}`);
    }
  }

  /** What is not named takes its default, in an update too. */
  private put(schedule: CreateScheduleInput): object {
    const name = schedule.Name ?? "";
    if (!/^[0-9a-zA-Z-_.]{1,64}$/.test(name)) throw invalid(`the name "${name}" is not allowed`);
    if (instantOf(schedule) <= this.clock.now()) throw invalid("the schedule expression is in the past");
    const defaults = { ActionAfterCompletion: "NONE", ScheduleExpressionTimezone: "UTC" } as const;
    this.schedules.set(name, { ...defaults, ...schedule });
    return { ScheduleArn: `arn:aws:scheduler:eu-west-1:111122223333:schedule/${this.group}/${name}` };
  }
}

function instantOf({ ScheduleExpression }: CreateScheduleInput): EpochSeconds {
  const match = AT.exec(ScheduleExpression ?? "");
  if (match === null) throw invalid(`the schedule expression ${ScheduleExpression} is not valid`);
  return Date.parse(`${match[1]}Z`) / 1000;
}

const invalid = (message: string): ValidationException =>
  new ValidationException({ Message: message, message, $metadata });
const conflict = (name: string): ConflictException =>
  new ConflictException({ Message: undefined, message: `Schedule ${name} already exists.`, $metadata });
const notFound = (name: string): ResourceNotFoundException =>
  new ResourceNotFoundException({
    Message: undefined,
    message: `Schedule ${name} does not exist.`,
    $metadata,
  });
