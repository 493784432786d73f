/** Start and end of everything that serves clients, in step with the application. */
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Clock, EventLogStore } from '@sluice/engine';
import { HttpListeners } from './adapter/http-listeners.js';
import { EndpointRegistry } from './endpoint/endpoint.registry.js';
import { DEFAULT_LIMITS } from './options/limits.js';
import type { SluiceOptions } from './options/sluice.options.js';
import { ServingPhase } from './serving-phase.js';
import { CHECKED_OPTIONS, CLOCK, EVENT_LOG_STORE } from './sluice.tokens.js';
import { TopicRegistrar } from './topics/topic.registrar.js';

/** The hook of an HTTP adapter that Nest calls first when it closes. */
interface ClosingAdapter {
  beforeClose?(): void | Promise<void>;
}

@Injectable()
export class SluiceLifecycle
  implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown
{
  private drained: Promise<void> | undefined;

  constructor(
    @Inject(CHECKED_OPTIONS) private readonly options: SluiceOptions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(EVENT_LOG_STORE) private readonly log: EventLogStore | undefined,
    private readonly serving: ServingPhase,
    private readonly host: HttpAdapterHost,
    private readonly registry: EndpointRegistry,
    private readonly topics: TopicRegistrar,
    private readonly listeners: HttpListeners,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const endpoint of this.registry.endpoints) {
      await this.registry.resolveGuards(endpoint);
      await this.topics.define(endpoint);
    }
    this.topics.listen();
  }

  async onApplicationBootstrap(): Promise<void> {
    this.drainBeforeClose(this.host.httpAdapter);
    this.topics.start(this.clock);
    await this.listeners.listen();
    for (const { endpoint } of this.registry.endpoints) endpoint.begin();
    this.serving.enter('serving');
  }

  onModuleDestroy(): Promise<void> {
    return this.drain();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.log?.close();
  }

  /**
   * Nest ends the application's own providers before those of a global module; sessions must end earlier still, while
   * handlers of commands in progress have all they need.
   */
  private drainBeforeClose(adapter: ClosingAdapter | undefined): void {
    if (adapter === undefined) return;
    const original = adapter.beforeClose?.bind(adapter);
    adapter.beforeClose = async () => {
      await original?.();
      await this.drain();
    };
  }

  /** Stops accepting, lets commands finish, closes the sessions, and cuts those that do not end in time. */
  private drain(): Promise<void> {
    this.drained ??= this.drainOnce();
    return this.drained;
  }

  private async drainOnce(): Promise<void> {
    this.serving.enter('draining');
    this.topics.stop();
    const endpoints = this.registry.endpoints.map(({ endpoint }) => endpoint);
    const limitMs = this.options.limits?.shutdownMs ?? DEFAULT_LIMITS.shutdownMs;
    let cancel = (): void => undefined;
    const limit = new Promise<void>((resolve) => {
      cancel = this.clock.after(limitMs, resolve);
    });
    await Promise.race([Promise.all(endpoints.map((endpoint) => endpoint.drain())), limit]);
    cancel();
    for (const endpoint of endpoints) endpoint.terminate();
  }
}
