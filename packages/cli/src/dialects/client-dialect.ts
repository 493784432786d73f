/** What a client has to know of a protocol: how to begin, what to answer, and what a message says. */

export type DialectName =
  'hathor' | 'hathor-events' | 'hathor-mining' | 'nano' | 'lighthouse' | 'bigchaindb' | 'basalt';

/** What a client wants to see. A dialect takes those that it lists in {@link ClientDialect.accepts}. */
export interface Wishes {
  readonly addresses?: readonly string[];
  readonly accounts?: readonly string[];
  readonly representatives?: readonly string[];
  readonly assets?: readonly string[];
  readonly topics?: readonly string[];
  readonly xpub?: string;
  /** Members of the subscription's options, as JSON. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Event after which to begin. */
  readonly from?: number | 'latest';
  /** Events in flight. */
  readonly window?: number;
}

export type WishName = keyof Wishes;

/** A message of the server's, understood. */
export interface Message {
  /** The protocol's own name for it: the event type, the topic. */
  readonly type: string;
  /** One line for people, without the type. */
  readonly summary: string;
  /** `fault`: the server complains. `answer`: to something that the client sent. */
  readonly kind: 'event' | 'answer' | 'fault';
  /** The same for every client that gets this message, and short; absent if clients cannot be compared by it. */
  readonly key?: string;
  /** Every client with the same wishes gets this message, and in the same order among those that say so. */
  readonly isCommon?: boolean;
  /** It answers {@link DialectClient.ping}. */
  readonly isPong?: boolean;
  /** When the server says that it was sent, Unix milliseconds. */
  readonly sentAt?: number;
  /** The message as it came. */
  readonly text: string;
  /** The parsed message; undefined if it is no JSON. */
  readonly body: unknown;
}

/** Something that should not be, seen in what a client received. */
export interface Finding {
  readonly kind: 'gap' | 'duplicate' | 'disorder' | 'reset';
  /** How many messages are missing or too many, where that is known. */
  readonly count?: number;
  readonly text: string;
}

/** What follows from a message. */
export interface Step {
  /** To be sent, in order. */
  readonly send: readonly string[];
  readonly findings: readonly Finding[];
  /** False: the client did not ask for this message, the protocol has no way to say so. */
  readonly wanted: boolean;
}

/** One client; it outlives its connections and goes on where it was. */
export interface DialectClient {
  /** A new connection is open. @returns what to send first. */
  open(): readonly string[];
  /** A message has come. */
  take(message: Message): Step;
  /** What to send to be answered with a {@link Message.isPong}; absent: a protocol ping has to do. */
  readonly ping?: string;
  /** Where the client stands, for people; undefined if the protocol has no such thing. */
  readonly position?: string | undefined;
}

export interface ClientDialect {
  readonly name: DialectName;
  /** One line for the help. */
  readonly summary: string;
  /** Path for URLs that have none. */
  readonly path: string;
  readonly accepts: readonly WishName[];
  /** The messages tell whether one is missing. */
  readonly isSequenced: boolean;
  /** Understands a message. Any text is one: what it cannot be read as is shown as it is. */
  read(text: string): Message;
  /** A new client. @throws UsageError if a wish cannot be granted. */
  client(wishes: Wishes): DialectClient;
}

/** Nothing follows. */
export const NOTHING: Step = { send: [], findings: [], wanted: true };
