import type { Codec } from '../codecs/codec.js';
import { SluiceError } from '../errors.js';
import { engineMetrics } from '../metrics/engine-metrics.js';
import type { MetricReport, Metrics } from '../metrics/metrics.js';
import { noMetrics } from '../metrics/metrics.js';
import { Broadcast } from '../session/broadcast.js';
import type { Session } from '../session/session.js';
import type { Clock } from '../time/clock.js';
import { systemClock } from '../time/clock.js';
import type { SessionTopics, Subscription } from './subscription.js';
import { TopicChannel, type TopicChannelOptions, type TopicStage } from './topic-channel.js';
import type { TopicCensus } from './topic-subscribers.js';
import type { TopicDefinition } from './topic.js';

/** Where a topic's own code threw. */
export interface TopicFault {
  readonly topic: string;
  /** What was running: a function of the filter, the renderer, the flow policy, or subscription on connection. */
  readonly stage: TopicStage;
}

/** Collaborators of a {@link TopicHub}. */
export interface TopicHubOptions {
  /** The endpoint's codec: encodes messages that are neither strings nor bytes. */
  readonly codec: Pick<Codec, 'encode'>;
  /** Path of the endpoint as declared, a metrics label; default `''`. */
  readonly endpoint?: string;
  /**
   * Most keys of one subscription, default 1 000 000; a key costs some 150 bytes. A subscription that asks for more is refused
   * with `LIMIT`, and one that would grow beyond it stays as it was.
   */
  readonly subscriptionKeys?: number;
  readonly clock?: Clock;
  readonly metrics?: Metrics;
  /**
   * Hears of what filters, renderers and flow policies throw, at most once per event and stage; must not throw itself.
   * Every error is counted (`faults`), also by default.
   */
  readonly onError?: (error: unknown, fault: TopicFault) => void;
}

const DEFAULT_SUBSCRIPTION_KEYS = 1_000_000;

const FIGURES = [
  engineMetrics.subscriptions,
  engineMetrics.queueMessages,
  engineMetrics.queueBytes,
] as const;

/**
 * The topics of one endpoint: sessions subscribe, events are published, each event is encoded at most once per
 * variant and only if somebody receives it.
 *
 * Events of one topic reach every session in order of publication, also those that a renderer or a closing session
 * publishes while another is being delivered.
 */
export class TopicHub implements SessionTopics {
  private readonly channels = new Map<string, TopicChannel>();
  private readonly channelOptions: TopicChannelOptions;
  private readonly endObservation: () => void;

  constructor(options: TopicHubOptions) {
    this.channelOptions = {
      broadcast: new Broadcast(),
      encode: (message) => options.codec.encode(message),
      endpoint: options.endpoint ?? '',
      subscriptionKeys: options.subscriptionKeys ?? DEFAULT_SUBSCRIPTION_KEYS,
      clock: options.clock ?? systemClock,
      metrics: options.metrics ?? noMetrics,
      onError: (error, topic, stage) => options.onError?.(error, { topic, stage }),
    };
    this.endObservation = this.channelOptions.metrics.observe(FIGURES, (report) => {
      this.report(report);
    });
  }

  /**
   * Adds a topic. `autoSubscribe` counts for sessions that connect later.
   *
   * @throws SluiceError `INVALID` if the name is taken.
   */
  define<E, O>(definition: TopicDefinition<E, O>): void {
    if (this.channels.has(definition.name)) {
      throw new SluiceError('INVALID', `Topic ${definition.name} is defined twice`);
    }
    const channel = new TopicChannel(definition as TopicDefinition, this.channelOptions);
    this.channels.set(definition.name, channel);
  }

  /** Names of the topics. */
  get topics(): readonly string[] {
    return [...this.channels.keys()];
  }

  /** Number of sessions that are subscribed to a topic; 0 for an unknown one. */
  receivers(topic: string): number {
    return this.channels.get(topic)?.size ?? 0;
  }

  /** What a topic keeps at this moment: all zero once every session has left. */
  census(topic: string): TopicCensus {
    return this.channel(topic).census();
  }

  /**
   * Publishes an event on a topic.
   *
   * @param time Unix milliseconds at which it happened; default now.
   * @throws SluiceError `INVALID` if there is no such topic. Never because of a session, filter or renderer.
   */
  publish(topic: string, event: unknown, time?: number): void {
    this.channel(topic).publish(event, time ?? this.channelOptions.clock.now());
  }

  /** Subscribes a new session to the topics that every session receives. */
  connect(session: Session): void {
    for (const channel of this.channels.values()) {
      if (channel.definition.autoSubscribe !== true || session.phase !== 'open') continue;
      try {
        channel.subscribe(session, undefined);
      } catch (error) {
        channel.failed(error, 'connect');
      }
    }
  }

  subscribe(session: Session, topic: string, options: unknown): Subscription {
    const channel = this.channel(topic);
    if (session.phase !== 'open') {
      throw new SluiceError('STATE', `The session is ${session.phase}`);
    }
    return channel.subscribe(session, options);
  }

  unsubscribe(session: Session, topic: string): boolean {
    return this.channels.get(topic)?.unsubscribe(session) ?? false;
  }

  find(session: Session, topic: string): Subscription | undefined {
    return this.channels.get(topic)?.find(session);
  }

  filled(session: Session): void {
    for (const channel of this.channels.values()) channel.filled(session);
  }

  drained(session: Session): void {
    for (const channel of this.channels.values()) channel.drained(session);
  }

  /** Bytes that flow control holds back for a session, over all topics. */
  heldBytes(session: Session): number {
    let bytes = 0;
    for (const channel of this.channels.values()) bytes += channel.find(session)?.held.bytes ?? 0;
    return bytes;
  }

  drop(session: Session): void {
    for (const channel of this.channels.values()) channel.unsubscribe(session);
  }

  /** Ends all subscriptions and the figures of the topics, forgets what flow control holds and cancels its timers. */
  close(): void {
    this.endObservation();
    for (const channel of this.channels.values()) channel.close();
  }

  private report(report: MetricReport): void {
    const { endpoint } = this.channelOptions;
    for (const [topic, channel] of this.channels) {
      const labels = { endpoint, topic };
      const { messages, bytes } = channel.held();
      report.gauge(engineMetrics.subscriptions, labels, channel.size);
      report.gauge(engineMetrics.queueMessages, labels, messages);
      report.gauge(engineMetrics.queueBytes, labels, bytes);
    }
  }

  private channel(topic: string): TopicChannel {
    const channel = this.channels.get(topic);
    if (channel === undefined) {
      throw new SluiceError('INVALID', `There is no topic ${topic}`, { details: { topic } });
    }
    return channel;
  }
}
