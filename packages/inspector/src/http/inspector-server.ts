/** Takes the inspector's HTTP requests: checks who asks, then serves the page or the endpoint that it names. */
import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { EventBus, type Clock, type MetricsRegistry } from '@sluice/engine';
import {
  CLIENT_ADDRESS,
  CLOCK,
  GatewayCatalogue,
  METRICS,
  OperatorListener,
  SessionRegistry,
  type ClientAddress,
} from '@sluice/nestjs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { originRefusalOf, refusalOf, type Refusal } from '../access/access-policy.js';
import { INSPECTOR_SETTINGS } from '../inspector.module-definition.js';
import type { InspectorSettings } from '../inspector.options.js';
import { Sampler } from '../sampling/sampler.js';
import { EventTap } from '../tap/event-tap.js';
import { SessionList } from '../views/session-list.js';
import { StreamCatalogue } from '../views/stream-catalogue.js';
import { contentSecurityPolicy } from './content-security-policy.js';
import { InspectorEndpoints } from './inspector-endpoints.js';
import { readPage, type PageFile } from './page-files.js';
import { reply, replyJson } from './reply.js';
import { Watchers } from './watchers.js';

@Injectable()
export class InspectorServer implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Inspector');
  private readonly endpoints: InspectorEndpoints;
  private readonly sampler: Sampler;
  private readonly watchers: Watchers;
  private page: Promise<ReadonlyMap<string, PageFile>> | undefined;

  constructor(
    @Inject(INSPECTOR_SETTINGS) private readonly settings: InspectorSettings,
    @Inject(CLIENT_ADDRESS) private readonly addressOf: ClientAddress,
    @Inject(METRICS) metrics: MetricsRegistry,
    @Inject(CLOCK) clock: Clock,
    private readonly registry: SessionRegistry,
    private readonly operators: OperatorListener,
    catalogue: GatewayCatalogue,
    streams: StreamCatalogue,
    bus: EventBus,
  ) {
    const { sampleMs, history, eventsPerSecond } = settings;
    this.watchers = new Watchers(settings.watchers);
    this.sampler = new Sampler({ metrics, clock, sampleMs, history });
    this.endpoints = new InspectorEndpoints({
      settings,
      registry,
      catalogue,
      streams,
      sampler: this.sampler,
      watchers: this.watchers,
      tap: new EventTap({ events$: bus.events$, clock, eventsPerSecond }),
      sessions: new SessionList(registry, () => streams.streams),
    });
  }

  beforeApplicationShutdown(): void {
    this.watchers.close();
    this.sampler.stop();
  }

  /** For Express and Fastify alike: both give middleware the server's own request and response. */
  readonly middleware = (
    request: IncomingMessage & { originalUrl?: string },
    response: ServerResponse,
    next: () => void,
  ): void => {
    const [pathname = '', query = ''] = (request.originalUrl ?? request.url ?? '').split('?', 2);
    const { path } = this.settings;
    const start = `${pathname}/`.indexOf(`${path}/`);
    if (start < 0 || !this.operators.serves(request)) {
      next();
      return;
    }
    const rest = pathname.slice(start + path.length);
    this.answer(request, response, rest, new URLSearchParams(query)).catch((error: unknown) => {
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : error);
      if (response.headersSent) response.destroy();
      else replyJson(response, { error: 'The inspector has failed; see the log' }, 500);
    });
  };

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    const isData = path.startsWith('/api/');
    const refusal =
      (await this.refusal(request)) ?? (isData ? originRefusalOf(request) : undefined);
    if (refusal !== undefined) {
      refuse(response, refusal);
    } else if (isData) {
      await this.endpoints.answer(request, response, path.slice('/api/'.length), query);
    } else {
      await this.servePage(request, response, path);
    }
  }

  private refusal(request: IncomingMessage): Promise<Refusal | undefined> {
    const { guard, hosts } = this.settings;
    return refusalOf(request, {
      guard,
      hosts,
      addressOf: this.addressOf,
      onError: (error) => {
        this.logger.error(error);
      },
    });
  }

  private async servePage(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      reply(response, 405, { allow: 'GET, HEAD' });
      return;
    }
    if (path === '') {
      // The page names its files relative to itself, whatever stands in front of the path.
      const last = this.settings.path.slice(this.settings.path.lastIndexOf('/') + 1);
      reply(response, 302, { location: `${last}/` });
      return;
    }
    this.page ??= readPage();
    const file = (await this.page).get(path === '/' ? 'index.html' : path.slice(1));
    if (file === undefined) {
      replyJson(response, { error: 'There is no such page' }, 404);
      return;
    }
    const policy = contentSecurityPolicy(request.headers.host, this.registry.endpoints);
    reply(
      response,
      200,
      { 'content-type': file.type, 'content-security-policy': policy },
      request.method === 'HEAD' ? '' : file.body,
    );
  }
}

function refuse(response: ServerResponse, { status, reason, authenticate }: Refusal): void {
  const headers = authenticate === undefined ? {} : { 'www-authenticate': authenticate };
  replyJson(response, { error: reason }, status, headers);
}
