/** What the page asks for: JSON, and two answers that go on. */
import { SluiceError } from '@sluice/engine';
import type { GatewayCatalogue, SessionRegistry } from '@sluice/nestjs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InspectorSettings } from '../inspector.options.js';
import type { Sampler } from '../sampling/sampler.js';
import type { EventTap } from '../tap/event-tap.js';
import { commandForms } from '../views/command-forms.js';
import { gatewayView } from '../views/gateway-view.js';
import type { SessionList } from '../views/session-list.js';
import { REPLAY_EVENTS, type StreamCatalogue } from '../views/stream-catalogue.js';
import { replyJson } from './reply.js';
import type { Watchers } from './watchers.js';

/** Collaborators of {@link InspectorEndpoints}. */
export interface EndpointContext {
  readonly settings: InspectorSettings;
  readonly registry: SessionRegistry;
  readonly catalogue: GatewayCatalogue;
  readonly streams: StreamCatalogue;
  readonly sessions: SessionList;
  readonly sampler: Sampler;
  readonly tap: EventTap;
  readonly watchers: Watchers;
}

/** Close code of sessions that an operator ends, if none is asked for: "policy". */
const DISCONNECT_CODE = 1008;

interface Call {
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** Path segments after the endpoint's name. */
  readonly rest: readonly string[];
}

type Endpoint = (call: Call) => void | Promise<void>;

/** The caller's fault: 400 with the message. */
class BadRequest extends Error {}

export class InspectorEndpoints {
  private readonly routes: Readonly<Record<string, Endpoint>>;

  constructor(private readonly context: EndpointContext) {
    this.routes = {
      'GET about': (call) => {
        this.about(call);
      },
      'GET figures': (call) => {
        this.figures(call);
      },
      'GET gateways': ({ response }) => {
        replyJson(response, context.registry.endpoints.map(gatewayView));
      },
      'GET sessions': (call) => {
        this.sessions(call);
      },
      'POST disconnect': (call) => {
        this.disconnect(call);
      },
      'GET events': (call) => {
        this.events(call);
      },
      'GET streams': ({ response }) => {
        replyJson(response, context.streams.views);
      },
      'GET replay': (call) => this.replay(call),
    };
  }

  /** @param path after `/api/`. */
  async answer(
    { method }: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: URLSearchParams,
  ): Promise<void> {
    const [name = '', ...rest] = path.split('/');
    const route = `${method ?? ''} ${name}`;
    const endpoint = Object.hasOwn(this.routes, route) ? this.routes[route] : undefined;
    if (endpoint === undefined) {
      replyJson(response, { error: 'There is no such endpoint' }, 404);
      return;
    }
    try {
      await endpoint({ response, query, rest: rest.map(decodeSegment) });
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error;
      replyJson(response, { error: error.message }, 400);
    }
  }

  private about({ response }: Call): void {
    const { catalogue, settings } = this.context;
    const { panels, forms, sampleMs } = settings;
    const known = catalogue.gateways.map((each) => [each.gateway, commandForms(each)] as const);
    replyJson(response, {
      panels,
      forms: { ...Object.fromEntries(known), ...forms },
      sampleMs,
      node: process.version,
      uptimeSeconds: Math.floor(process.uptime()),
    });
  }

  private figures({ response }: Call): void {
    const { sampler, watchers } = this.context;
    watchers.open(response, (send) => {
      send('history', sampler.history);
      return sampler.watch((sample) => {
        send('sample', sample);
      });
    });
  }

  private events({ response, query }: Call): void {
    const { tap, watchers } = this.context;
    const filter = { ...text(query, 'type'), ...text(query, 'text') };
    watchers.open(response, (send) =>
      tap.watch(filter, (batch) => {
        send('events', batch);
      }),
    );
  }

  private sessions({ response, query, rest: [id] }: Call): void {
    const { sessions } = this.context;
    if (id === undefined) {
      const filter = { ...text(query, 'gateway'), ...text(query, 'text') };
      replyJson(response, sessions.page({ ...filter, offset: whole(query, 'offset', 0) }));
      return;
    }
    const view = sessions.view(Number(id));
    if (view === undefined) gone(response);
    else replyJson(response, view);
  }

  private disconnect({ response, query, rest: [id] }: Call): void {
    const code = whole(query, 'code', DISCONNECT_CODE);
    // 1000 and the codes that applications may choose, or the ones that RFC 6455 gives servers a use for.
    if (
      code !== 1000 &&
      ![1001, 1008, 1011, 1012, 1013].includes(code) &&
      (code < 3000 || code > 4999)
    ) {
      throw new BadRequest(`${code} is no close code to send`);
    }
    if (this.context.sessions.disconnect(Number(id), code)) replyJson(response, { closed: true });
    else gone(response);
  }

  private async replay({ response, query, rest: [name = ''] }: Call): Promise<void> {
    const from = whole(query, 'from', 0);
    const count = Math.max(1, whole(query, 'count', REPLAY_EVENTS));
    try {
      const page = await this.context.streams.replay(name, from, count);
      if (page === undefined) replyJson(response, { error: 'There is no such stream' }, 404);
      else replyJson(response, page);
    } catch (error) {
      if (error instanceof SluiceError) throw new BadRequest(error.message);
      throw error;
    }
  }
}

function gone(response: ServerResponse): void {
  replyJson(response, { error: 'The session is gone' }, 404);
}

function text<K extends string>(query: URLSearchParams, name: K): Partial<Record<K, string>> {
  const value = query.get(name)?.trim() ?? '';
  return value === '' ? {} : ({ [name]: value } as Record<K, string>);
}

function whole(query: URLSearchParams, name: string, fallback: number): number {
  const value = Number(query.get(name) ?? fallback);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new BadRequest(`${name} must be a whole number`);
  }
  return value;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new BadRequest('The path is not readable');
  }
}
