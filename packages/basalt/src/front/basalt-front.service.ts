import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CLIENT_ADDRESS, type ClientAddress } from '@sluice/nestjs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { BasaltSettings } from '../basalt.settings.js';
import { BASALT_SETTINGS } from '../basalt.tokens.js';
import { isPreflight, setCorsHeaders } from './cors.js';
import { RequestBudget } from './request-budget.js';
import { STREAM_REFUSAL } from './stream-refusal.js';

const STREAM_PATH = '/ws/blocks';

/** A request as a middleware gets it: Express cuts the mount path off its `url`. */
type MaybeMounted = IncomingMessage & { readonly originalUrl?: string };

/** Plain requests to the port of a node: what is not the stream's goes to the application (contract 3). */
@Injectable()
export class BasaltFront {
  constructor(
    @Inject(BASALT_SETTINGS) private readonly settings: BasaltSettings,
    @Inject(CLIENT_ADDRESS) private readonly addressOf: ClientAddress,
    private readonly budget: RequestBudget,
    private readonly host: HttpAdapterHost,
  ) {}

  /** Answers on a port of its own. */
  readonly listener = (request: IncomingMessage, response: ServerResponse): void => {
    if (!this.budget.spend(this.addressOf(request))) {
      response.writeHead(429, { 'Content-Length': 0 }).end();
      return;
    }
    setCorsHeaders(request, response, this.settings.isRpc || this.settings.debug);
    const path = pathOf(request);
    if (isStreamPath(path)) refuseStream(response);
    else if (path.startsWith('/ws/')) response.writeHead(404, { 'Content-Length': 0 }).end();
    else if (isPreflight(request)) response.writeHead(204).end();
    else (this.host.httpAdapter.getHttpServer() as Server).emit('request', request, response);
  };

  /** Answers among the application's own requests, as a middleware. */
  readonly middleware = (
    request: MaybeMounted,
    response: ServerResponse,
    next: () => void,
  ): void => {
    if (isStreamPath(pathOf(request))) refuseStream(response);
    else next();
  };
}

function refuseStream(response: ServerResponse): void {
  response.writeHead(400, { 'Content-Type': 'text/plain; charset=utf-8' }).end(STREAM_REFUSAL);
}

function isStreamPath(path: string): boolean {
  return path === STREAM_PATH || path === `${STREAM_PATH}/`;
}

/** In lower case and decoded as far as it can be, as the stream's own path is compared. */
function pathOf(request: MaybeMounted): string {
  const url = request.originalUrl ?? request.url ?? '';
  const [path = ''] = url.replace(/^https?:\/\/[^/?#]+/i, '').split('?');
  try {
    return decodeURIComponent(path).toLowerCase();
  } catch {
    return path.toLowerCase();
  }
}
