/**
 * Messages of a stream in order of sequence, many for one request: a consumer of our own that acknowledges nothing, and
 * that the server forgets when nobody asks it any more. The client library's consumers would do the same with several
 * objects and timers per message.
 */
import { randomUUID } from 'node:crypto';
import { AckPolicy, DeliverPolicy, ReplayPolicy } from '@nats-io/jetstream';
import {
  createInbox,
  errors,
  nanos,
  type Msg,
  type MsgHdrs,
  type Subscription,
} from '@nats-io/transport-node';
import type { SluiceError } from '@sluice/engine';
import { AckSequence } from './ack-sequence.js';
import { logFault } from './log-faults.js';
import type { ServerConnection } from './server-connection.js';

/** What is asked for at once. */
export interface ScanRequest {
  /** Most messages. */
  readonly messages: number;
  /** Most bytes of messages; default any. The first one comes whatever its size. */
  readonly bytes?: number;
  /** Milliseconds to wait for messages that are still to come. */
  readonly waitMs: number;
}

/** Hears of the messages of one request. */
export interface ScanListener {
  /** @param reply the address for acknowledgements, see `message-time.ts`. */
  message(seq: number, payload: Uint8Array, reply: string): void;
  /** Called once. @param usable whether the scan can be asked for more. @param denied why it can never be. */
  end(usable: boolean, denied?: SluiceError): void;
}

/** The server forgets a consumer that nobody asks for this long, milliseconds. */
const FORGOTTEN_MS = 30_000;
/** How often the server says that there is nothing new: a consumer may be gone although the connection is not. */
const HEARTBEAT_MS = 2000;
/** What messages of the server itself say in their headers. */
const KEEP_ALIVE = 100;
const NO_MESSAGES = 404;
const TIMED_OUT = 408;
const CONFLICT = 409;

interface Pull {
  readonly listener: ScanListener;
  readonly timer: NodeJS.Timeout;
  left: number;
}

export class StreamScan {
  private readonly release: () => void;
  private readonly releaseDenial: () => void;
  private readonly subject: string;
  private readonly sequence = new AckSequence();
  private subscription: Subscription | undefined;
  private pull: Pull | undefined;
  private isUsable = true;

  private constructor(
    private readonly connection: ServerConnection,
    private readonly stream: string,
    private readonly consumer: string,
    /** Sequence of the next message that will come, unless it was removed. */
    private nextSeq: number,
  ) {
    this.subject = `$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`;
    this.release = connection.onLoss(() => this.break());
    this.releaseDenial = connection.onDenial((denied) => {
      if (denied === this.subject) this.deny();
    });
  }

  /** @throws what the server says; nothing is tried again. */
  static async open(
    connection: ServerConnection,
    stream: string,
    fromSeq: number,
  ): Promise<StreamScan> {
    const name = `scan-${randomUUID()}`;
    const scan = new StreamScan(connection, stream, name, fromSeq);
    try {
      await connection.manager.consumers.add(stream, {
        name,
        ack_policy: AckPolicy.None,
        deliver_policy: DeliverPolicy.StartSequence,
        opt_start_seq: fromSeq,
        replay_policy: ReplayPolicy.Instant,
        inactive_threshold: nanos(FORGOTTEN_MS),
        mem_storage: true,
        num_replicas: 1,
      });
      return scan;
    } catch (error) {
      scan.close();
      throw error;
    }
  }

  get next(): number {
    return this.nextSeq;
  }

  /** Whether it can be asked now. */
  get idle(): boolean {
    return this.isUsable && this.pull === undefined;
  }

  /** Asks for messages from {@link next} on. One request at a time. */
  request({ messages, bytes, waitMs }: ScanRequest, listener: ScanListener): void {
    // Each request has an address of its own: what is late for an earlier one cannot be taken for this one's.
    const inbox = createInbox();
    const expires = nanos(waitMs);
    const timer = setTimeout(() => this.break(), HEARTBEAT_MS + this.connection.timeout);
    this.pull = { listener, timer, left: messages };
    this.subscription = this.connection.nats.subscribe(inbox, {
      callback: (error, message) => {
        if (error === null) this.take(message);
        else if (error instanceof errors.PermissionViolationError) this.deny();
        else this.break();
      },
    });
    const most = bytes === undefined ? {} : { max_bytes: bytes };
    const request = JSON.stringify({
      batch: messages,
      expires,
      idle_heartbeat: nanos(HEARTBEAT_MS),
      ...most,
    });
    this.connection.nats.publish(this.subject, request, { reply: inbox });
  }

  /** Ends a request that is under way, and the consumer. */
  close(): void {
    this.break();
    if (this.connection.ended) return;
    // A consumer that cannot be removed now is forgotten in a while.
    this.connection.manager.consumers.delete(this.stream, this.consumer).catch(() => undefined);
  }

  private take(message: Msg): void {
    const { pull } = this;
    if (pull === undefined) return;
    pull.timer.refresh();
    // Records are never empty. Headers are looked at where they matter only: they are parsed with every look.
    if (message.data.length === 0) {
      this.hear(message.headers);
      return;
    }
    const { data, reply = '' } = message;
    const seq = this.sequence.of(reply);
    pull.left -= 1;
    this.nextSeq = seq + 1;
    pull.listener.message(seq, data, reply);
    if (pull.left === 0) this.finish(true);
  }

  /** What the server says of the request. */
  private hear(headers: MsgHdrs | undefined): void {
    const { code = 0, description = '' } = headers ?? {};
    if (code === KEEP_ALIVE) return;
    // There is no more for now. Anything else may be the end of the consumer.
    const isOver = code === NO_MESSAGES || code === TIMED_OUT;
    this.finish(isOver || (code === CONFLICT && /exceeds maxbytes/i.test(description)));
  }

  private break(denied?: SluiceError): void {
    this.isUsable = false;
    this.release();
    this.releaseDenial();
    this.finish(false, denied);
  }

  private deny(): void {
    this.break(logFault(this.stream, 'permission', `${this.subject} may not be used`));
  }

  private finish(usable: boolean, denied?: SluiceError): void {
    const { pull } = this;
    if (!usable) this.isUsable = false;
    if (pull === undefined) return;
    this.pull = undefined;
    clearTimeout(pull.timer);
    this.subscription?.unsubscribe();
    pull.listener.end(usable, denied);
  }
}
