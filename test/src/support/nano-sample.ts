/** The Nano part of a running sample: its control endpoints and its socket. */
import type { ClientPool, TestClient } from '@sluice/testing';
import type { SampleProcess } from './sample-process.js';

/** A message of the socket. */
export interface NanoMessage {
  readonly topic?: string;
  readonly ack?: string;
  readonly hash?: string;
  readonly time: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** Answer of an action such as `POST /control/nano/send`. */
export interface NanoAnswer {
  readonly blocks: readonly string[];
  readonly confirmed: readonly string[];
  readonly events: number;
}

/** Answer of `GET /control/nano`. */
export interface NanoStatus {
  readonly blocks: number;
  readonly cemented: number;
  readonly unconfirmed: number;
  readonly elections: number;
  readonly paused: boolean;
  readonly pace_ms: number;
  readonly genesis: string;
  readonly representatives: readonly string[];
  readonly wallet: { readonly seed: string; readonly accounts: readonly string[] };
  readonly legacy_accounts: readonly string[];
  readonly subscribers: Readonly<Record<string, number>>;
}

export class NanoSample {
  readonly ws: string;
  /** Where the control endpoints are. */
  readonly controlUrl: string;

  constructor(
    { printed }: SampleProcess,
    private readonly clients: ClientPool,
  ) {
    const { ws, control } = printed.nano as { ws: string; control: string };
    this.ws = ws;
    this.controlUrl = control;
  }

  async status(): Promise<NanoStatus> {
    return (await (await fetch(this.controlUrl)).json()) as NanoStatus;
  }

  /** Calls a control endpoint. @throws Error with the answer, unless it is 200. */
  async control<T = NanoAnswer>(action: string, body: object = {}): Promise<T> {
    const answer = await this.post(action, body);
    if (answer.status === 200) return answer.body as T;
    throw new Error(`${action}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  /** Calls a control endpoint, whatever it answers. */
  async post(action: string, body: object = {}): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.controlUrl}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  /** A client that is subscribed; its acknowledgements are taken. */
  async subscriber(topics: Readonly<Record<string, object | undefined>>): Promise<TestClient> {
    const client = await this.clients.connect(this.ws);
    for (const [topic, options] of Object.entries(topics)) {
      client.send({ action: 'subscribe', topic, ack: true, ...(options && { options }) });
      await client.nextJson();
    }
    return client;
  }

  /** Resolves when so many connections have a topic. */
  async subscribed(topic: string, connections: number): Promise<void> {
    while ((await this.status()).subscribers[topic] !== connections);
  }

  /** What a client has got of everything that happened so far. */
  async sofar(client: TestClient): Promise<readonly NanoMessage[]> {
    client.send({ action: 'ping' });
    const messages = await client.untilJson<NanoMessage>(({ ack }) => ack === 'pong');
    return messages.slice(0, -1);
  }
}

/** `message.hash` of every message. */
export function hashes(messages: readonly NanoMessage[]): readonly string[] {
  return messages.map(({ message }) => String(message.hash));
}
