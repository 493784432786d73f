/**
 * A node reads every body as JSON, whatever the request calls it, and refuses in its own words what is none. The parsers
 * of an application do neither; so the bodies of the node's endpoints are read before they come to them, and only those.
 */
import type { IncomingMessage } from 'node:http';
import type { HttpServer } from '@nestjs/common';
import { Injectable, PayloadTooLargeException } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';
import { parseJson } from '@sluice/engine';

/** Largest body: ten times the largest transaction in hex, or 25 000 addresses. */
const MOST_BYTES = 1024 * 1024;

/** Endpoints that are called with a body. */
const ENDPOINTS: readonly string[] = [
  'v1a/push_tx',
  'v1a/submit_block',
  'v1a/thin_wallet/address_history',
];

/** What says that there is a body. */
const BODY_HEADERS = ['content-type', 'content-length', 'transfer-encoding'];

/** What Express and Fastify have in common: handlers find the body here. */
interface BodyHolder {
  body?: unknown;
}

type Done = (error?: Error) => void;

/** The part of a Fastify instance that is needed. */
interface HookableServer {
  addHook(
    name: 'onRequest',
    hook: (request: BodyHolder & { raw: IncomingMessage }, reply: unknown, done: Done) => void,
  ): void;
}

/** Reads the bodies of requests to the node's endpoints. */
@Injectable()
export class NodeBodyReader {
  constructor(
    host: HttpAdapterHost,
    private readonly config: ApplicationConfig,
  ) {
    const { httpAdapter, init$ }: Partial<HttpAdapterHost> = host;
    // A testing module has none yet. Without `init$`, in Nest 11.0, its application reads bodies as it reads others.
    if (httpAdapter !== undefined) this.mount(httpAdapter);
    else
      init$?.subscribe(() => {
        this.mount(host.httpAdapter);
      });
  }

  /** The adapter is there and nothing is mounted yet: what comes first is asked first. */
  private mount(adapter: HttpServer): void {
    if (adapter.getType() === 'fastify') {
      const server = adapter.getInstance() as HookableServer;
      server.addHook('onRequest', (request, _reply, done) => {
        this.read(request.raw, request, done);
      });
    } else {
      adapter.use((request: IncomingMessage & BodyHolder, _response: unknown, next: Done) => {
        this.read(request, request, next);
      });
    }
  }

  private read(request: IncomingMessage, holder: BodyHolder, done: Done): void {
    // An application may have mounted a parser on its server before Nest came to it.
    if (request.readableEnded || request.method !== 'POST' || !this.isOurs(request.url ?? '')) {
      done();
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= MOST_BYTES) {
        chunks.push(chunk);
        return;
      }
      request.off('data', take).off('end', end).resume();
      done(new PayloadTooLargeException());
    };
    const end = (): void => {
      // There is nothing left for another parser.
      for (const header of BODY_HEADERS) delete request.headers[header];
      holder.body = jsonOf(Buffer.concat(chunks));
      done();
    };
    request.on('data', take).on('end', end);
  }

  /** The prefix is asked for every time: it may be set after this was made. */
  private isOurs(url: string): boolean {
    const [path = ''] = url.split('?', 1);
    const prefix = this.config.getGlobalPrefix();
    return ENDPOINTS.some((endpoint) => plain(path) === plain(`${prefix}/${endpoint}`));
  }
}

/** A path without slashes that say nothing. */
function plain(path: string): string {
  return path.split('/').filter(Boolean).join('/');
}

/** Undefined if the bytes are no JSON. */
function jsonOf(bytes: Buffer): unknown {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
