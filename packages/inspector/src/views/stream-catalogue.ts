import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { EventStream, FollowedStream, parseJson, type StoredStream } from '@sluice/engine';
import { preview } from '../redaction/preview.js';

export interface StreamView {
  readonly name: string;
  readonly epoch: string;
  /** Ids of the oldest and the newest stored event; `head` is one less than `first` if there is none. */
  readonly first: number;
  readonly head: number;
}

export interface StoredEvent {
  readonly id: number;
  /** Bounded and without secrets; text if it is no JSON. */
  readonly data: unknown;
}

export interface ReplayPage {
  readonly stream: StreamView;
  readonly events: readonly StoredEvent[];
}

/** Events of one answer. */
export const REPLAY_EVENTS = 100;
const REPLAY_BYTES = 1024 * 1024;

/** The durable streams of the application: those that a provider shows as its member `stream`. */
@Injectable()
export class StreamCatalogue {
  constructor(private readonly discovery: DiscoveryService) {}

  /** Those that are open at this moment; a provider may open its stream late, or another one. */
  get streams(): readonly StoredStream[] {
    const providers = this.discovery.getProviders().map(({ instance }) => streamOf(instance));
    return [...new Set(providers.filter((stream) => stream !== undefined))];
  }

  get views(): readonly StreamView[] {
    return this.streams.map(view);
  }

  /**
   * Stored events from an id on.
   *
   * @returns undefined if there is no such stream.
   * @throws what the log throws, such as SluiceError `LIMIT` for events that are not stored any more.
   */
  async replay(name: string, from: number, count: number): Promise<ReplayPage | undefined> {
    const stream = this.streams.find((stream) => stream.name === name);
    if (stream === undefined) return undefined;
    const start = Math.max(from, stream.first);
    if (start > stream.head) return { stream: view(stream), events: [] };
    const page = await stream.read(start, {
      events: Math.min(count, REPLAY_EVENTS),
      bytes: REPLAY_BYTES,
    });
    const events = page.events.map((bytes, index) => ({
      id: page.from + index,
      data: preview(decoded(Buffer.from(bytes).toString())),
    }));
    return { stream: view(stream), events };
  }
}

function streamOf(instance: unknown): StoredStream | undefined {
  try {
    const { stream } = Object(instance) as { stream?: unknown };
    return stream instanceof EventStream || stream instanceof FollowedStream ? stream : undefined;
  } catch {
    // A getter says that there is no stream yet.
    return undefined;
  }
}

function view({ name, epoch, first, head }: StoredStream): StreamView {
  return { name, epoch, first, head };
}

function decoded(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
