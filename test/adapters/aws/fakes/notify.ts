/** An SNS topic and an EventBridge bus behind the real clients, with the services' checks. */
import {
  EventBridgeClient,
  type PutEventsRequest,
  type PutEventsRequestEntry,
} from "@aws-sdk/client-eventbridge";
import {
  AuthorizationErrorException,
  InvalidParameterException,
  type PublishInput,
  SNSClient,
} from "@aws-sdk/client-sns";

const $metadata = {};

/** Both services' limit, in bytes of UTF-8. */
const LARGEST = 256 * 1024;

export class FakeSns {
  readonly client = new SNSClient({ region: "eu-west-1" });
  readonly published: PublishInput[] = [];
  refusal: string | null = null;

  constructor() {
    this.client.middlewareStack.add(
      (_next, context) => async (args) => {
        if (context.commandName !== "PublishCommand") throw new Error(`not answered: ${context.commandName}`);
        this.publish(args.input as PublishInput);
        return { output: { MessageId: `m-${this.published.length}`, $metadata }, response: {} };
      },
      { step: "initialize", priority: "high" },
    );
  }

  private publish(call: PublishInput): void {
    if (this.refusal !== null) throw new AuthorizationErrorException({ message: this.refusal, $metadata });
    const { Subject = "", Message = "" } = call;
    if (!/^[!-~][ -~]{0,98}$/.test(Subject)) throw invalid("Invalid parameter: Subject");
    if (Message === "" || Buffer.byteLength(Message) > LARGEST) throw invalid("Invalid parameter: Message");
    this.published.push(call);
  }
}

const invalid = (message: string): InvalidParameterException =>
  new InvalidParameterException({ message, $metadata });

export class FakeEventBridge {
  readonly client = new EventBridgeClient({ region: "eu-west-1" });
  readonly entries: PutEventsRequestEntry[] = [];
  /** The service says so in its answer, not with an error. */
  refusal: string | null = null;

  constructor() {
    this.client.middlewareStack.add(
      (_next, context) => async (args) => {
        if (context.commandName !== "PutEventsCommand")
          throw new Error(`not answered: ${context.commandName}`);
        return { output: { ...this.putEvents(args.input as PutEventsRequest), $metadata }, response: {} };
      },
      { step: "initialize", priority: "high" },
    );
  }

  private putEvents({ Entries = [] }: PutEventsRequest) {
    const answers = Entries.map((entry) => this.put(entry));
    return { Entries: answers, FailedEntryCount: answers.filter((each) => "ErrorCode" in each).length };
  }

  private put(entry: PutEventsRequestEntry) {
    if (this.refusal !== null)
      return { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: this.refusal };
    if (Buffer.byteLength(entry.Detail ?? "") > LARGEST) {
      return {
        ErrorCode: "ValidationException",
        ErrorMessage: "Total size of the entries is over the limit",
      };
    }
    this.entries.push(entry);
    return { EventId: `e-${this.entries.length}` };
  }
}
