/** Calls from gateways to the writer over NATS. */
import { errors, type Msg, type NatsConnection } from '@nats-io/transport-node';
import {
  SluiceError,
  systemClock,
  type CallHandlers,
  type Clock,
  type NodeCalls,
} from '@sluice/engine';
import { packCall, packFault, packValue, unpackAnswer, unpackCall } from './call-messages.js';
import { connectNodes, endNodes } from './nats-link.js';
import { checkNatsOptions, NATS_DEFAULTS, type NatsNodesOptions } from './nats-nodes.options.js';

/** Options of {@link natsCalls}; `timeout` is how long a call waits for the writer's answer. */
export interface NatsCallsOptions extends NatsNodesOptions {
  /** Milliseconds that a call waits for a writer where there is none; default 5000. */
  readonly patience?: number;
  /** Time; default the system's. */
  readonly clock?: Clock;
}

/** Between two looks for a writer. */
const PAUSE_MS = 100;

/**
 * Calls on the subjects `sluice.calls.SERVICE.METHOD`. Arguments and values are read with `v8.deserialize`, which trusts what
 * it reads: let nobody but the application use these subjects.
 *
 * @throws SluiceError `INVALID` if an option cannot be meant.
 */
export function natsCalls(options: NatsCallsOptions): NodeCalls {
  checkNatsOptions('natsCalls', options);
  return new NatsCalls({ ...NATS_DEFAULTS, patience: 5000, clock: systemClock, ...options });
}

class NatsCalls implements NodeCalls {
  private connecting: Promise<NatsConnection> | undefined;

  constructor(private readonly options: Required<NatsCallsOptions>) {}

  async serve(service: string, handlers: CallHandlers): Promise<void> {
    const connection = await this.connection();
    for (const [method, handler] of Object.entries(handlers)) {
      connection.subscribe(this.subject(service, method), {
        callback: (error, message) => {
          if (error === null) void answer(connection, message, handler);
        },
      });
    }
    await connection.flush();
  }

  async ask<T>(service: string, method: string, ...args: unknown[]): Promise<T> {
    const { clock, timeout, patience } = this.options;
    const connection = await this.connection();
    const subject = this.subject(service, method);
    const call = packCall(args, connection.info?.max_payload ?? 1024 ** 2);
    const until = clock.monotonic() + patience;
    for (;;) {
      try {
        const { data } = await connection.request(subject, call, { timeout });
        return unpackAnswer(data) as T;
      } catch (error) {
        if (error instanceof SluiceError) throw error;
        if (!isNobody(error)) throw unanswered('no-answer', subject, error);
        if (clock.monotonic() >= until) throw unanswered('no-writer', subject, error);
      }
      await new Promise<void>((resolve) => clock.after(PAUSE_MS, resolve));
    }
  }

  async close(): Promise<void> {
    const connection = await this.connecting?.catch(() => undefined);
    if (connection !== undefined) await endNodes(connection);
  }

  private connection(): Promise<NatsConnection> {
    this.connecting ??= connectNodes('calls', this.options);
    this.connecting.catch(() => (this.connecting = undefined));
    return this.connecting;
  }

  private subject(service: string, method: string): string {
    return `${this.options.subject}.calls.${service}.${method}`;
  }
}

async function answer(
  connection: NatsConnection,
  message: Msg,
  handler: CallHandlers[string],
): Promise<void> {
  const limit = connection.info?.max_payload ?? 1024 ** 2;
  let packed: Uint8Array;
  try {
    packed = packValue(await handler(...(unpackCall(message.data) as never[])), limit);
  } catch (error) {
    packed = packFault(error, limit);
  }
  try {
    message.respond(packed);
  } catch {
    // The connection has ended, or the server takes less than it did before: whoever asks is told that no answer came.
  }
}

function isNobody(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].some((each) => each instanceof errors.NoRespondersError);
}

function unanswered(reason: 'no-writer' | 'no-answer', subject: string, cause: unknown): Error {
  const what = reason === 'no-writer' ? 'There is no writer' : 'The writer does not answer';
  return new SluiceError('STATE', `${what} (${subject})`, { cause, details: { reason } });
}
