import { createParser } from 'eventsource-parser';
import type { Hex, SignedBeaconBlock } from '../objects/beacon-objects.js';
import type { HeaderPlace, StreamMessage } from './beacon-api.js';

/** An answer that is no success. */
export class BeaconNodeError extends Error {
  override readonly name = 'BeaconNodeError';

  constructor(
    path: string,
    readonly status: number,
  ) {
    super(`${path} was answered with ${String(status)}`);
  }
}

interface HeaderAnswer {
  readonly root: Hex;
  readonly header: { readonly message: { readonly slot: string; readonly parent_root: Hex } };
}

/** HTTP API of a beacon node of today. Every call ends when the signal is aborted, and rejects with its reason then. */
export class BeaconNode {
  /**
   * @param url without a path: `http://127.0.0.1:5052`.
   * @param signal ends everything.
   */
  constructor(
    private readonly url: string,
    private readonly signal: AbortSignal,
  ) {}

  /** @param id a root, or `head`. @returns undefined if the node does not know it. */
  async header(id: Hex): Promise<HeaderPlace | undefined> {
    const answer = await this.get<HeaderAnswer>(`/eth/v1/beacon/headers/${id}`);
    if (answer === undefined) return undefined;
    const { slot, parent_root } = answer.header.message;
    return { root: answer.root, slot: Number(slot), parent: parent_root };
  }

  /** @returns undefined if the node does not know it, or not yet. */
  block(root: Hex): Promise<SignedBeaconBlock | undefined> {
    return this.get<SignedBeaconBlock>(`/eth/v2/beacon/blocks/${root}`);
  }

  /** Validators of a committee, in order; undefined if the node cannot tell. */
  async committee(slot: string, index: string): Promise<readonly string[] | undefined> {
    const path = `/eth/v1/beacon/states/head/committees?slot=${slot}&index=${index}`;
    const answer = await this.get<readonly { readonly validators: readonly string[] }[]>(path);
    return answer?.[0]?.validators;
  }

  /**
   * Opens the event stream.
   *
   * @throws BeaconNodeError with status 400 if the node does not know one of the topics.
   */
  async events(topics: readonly string[]): Promise<AsyncIterable<StreamMessage>> {
    const path = `/eth/v1/events?topics=${topics.join(',')}`;
    const response = await fetch(this.url + path, {
      headers: { accept: 'text/event-stream' },
      signal: this.signal,
    });
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      throw new BeaconNodeError(path, response.status);
    }
    return messagesOf(response.body);
  }

  private async get<T>(path: string): Promise<T | undefined> {
    const response = await fetch(this.url + path, { signal: this.signal });
    if (response.status === 200) return ((await response.json()) as { data: T }).data;
    await response.body?.cancel();
    if (response.status === 404) return undefined;
    throw new BeaconNodeError(path, response.status);
  }
}

async function* messagesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<StreamMessage> {
  let parsed: StreamMessage[] = [];
  const parser = createParser({
    onEvent: ({ event = 'message', data }) => {
      parsed.push({ event, data: JSON.parse(data) as unknown });
    },
    onComment: (comment) => {
      parsed.push({ comment });
    },
  });
  const decoder = new TextDecoder();
  for await (const bytes of body) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    const messages = parsed;
    parsed = [];
    yield* messages;
  }
}
