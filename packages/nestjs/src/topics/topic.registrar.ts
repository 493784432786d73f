/** Defines the gateways' topics and feeds them from the bus. */
import { Injectable } from '@nestjs/common';
import { EventBus, type Clock, type ChainEvent, type TopicHub } from '@sluice/engine';
import { isObservable, type Observable, Subscription } from 'rxjs';
import type { RegisteredEndpoint } from '../endpoint/endpoint.registry.js';
import {
  GatewayMetadataAccessor,
  type DeclaredTopic,
} from '../metadata/gateway-metadata.accessor.js';

type Method = (...args: readonly unknown[]) => unknown;

interface FedTopic {
  readonly hub: TopicHub;
  readonly name: string;
}

interface MessageTopic extends FedTopic {
  readonly endpoint: RegisteredEndpoint;
  readonly method: Method;
}

@Injectable()
export class TopicRegistrar {
  private readonly byEvent = new Map<string, FedTopic[]>();
  private readonly messageTopics: MessageTopic[] = [];
  private readonly subscriptions = new Subscription();

  constructor(
    private readonly accessor: GatewayMetadataAccessor,
    private readonly bus: EventBus,
  ) {}

  /** @throws Error if a topic cannot work; says which. */
  async define(endpoint: RegisteredEndpoint): Promise<void> {
    for (const topic of this.accessor.topics(endpoint.host.metatype)) {
      await this.defineTopic(endpoint, topic);
    }
  }

  /** Feeds events to the topics from now on. One listener for all: events are hot. */
  listen(): void {
    const events$ = this.bus.events$ as Observable<ChainEvent>;
    this.subscriptions.add(
      events$.subscribe(({ type, data, time }) => {
        for (const { hub, name } of this.byEvent.get(type) ?? []) hub.publish(name, data, time);
      }),
    );
  }

  /** Subscribes to the topics that make their messages themselves. */
  start(clock: Clock): void {
    for (const topic of this.messageTopics) this.subscriptions.add(subscribe(topic, clock));
  }

  stop(): void {
    this.subscriptions.unsubscribe();
  }

  private async defineTopic(endpoint: RegisteredEndpoint, topic: DeclaredTopic): Promise<void> {
    const { host, hub } = endpoint;
    if (!host.isStatic) {
      throw new Error(`${host.name} is request-scoped, so its topic ${topic.name} has no instance`);
    }
    const { name, events, autoSubscribe } = topic;
    const method = methodOf(host.instance, topic.method);
    const filter = topic.filter && (await host.resolve(topic.filter));
    hub.define({
      name,
      autoSubscribe,
      render: events.length === 0 ? (message: unknown) => message : method,
      ...(filter === undefined ? {} : { filter }),
      ...(topic.flow === undefined ? {} : { flow: topic.flow }),
    });
    if (events.length === 0) this.messageTopics.push({ hub, name, endpoint, method });
    for (const event of new Set(events)) {
      this.byEvent.set(event, [...(this.byEvent.get(event) ?? []), { hub, name }]);
    }
  }
}

function methodOf(instance: object, name: string): Method {
  const method = (instance as Record<string, Method>)[name];
  if (method === undefined) throw new Error(`There is no method ${name}`);
  return method.bind(instance);
}

function subscribe({ hub, name, endpoint, method }: MessageTopic, clock: Clock): Subscription {
  const messages$ = method();
  if (!isObservable(messages$)) {
    throw new Error(
      `Topic ${name} of ${endpoint.host.name} has no event and returns no Observable`,
    );
  }
  return messages$.subscribe({
    next: (message) => {
      hub.publish(name, message, clock.now());
    },
    error: (error: unknown) => {
      endpoint.endpoint.log.internal(error, `topic ${name} has ended`);
    },
  });
}
