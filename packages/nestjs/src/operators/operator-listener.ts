import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { HttpListeners, type HttpListener } from '../adapter/http-listeners.js';
import { boundPort } from '../adapter/listener-server.js';
import { DEFAULT_LIMITS } from '../options/limits.js';
import type { SluiceOptions } from '../options/sluice.options.js';
import { CHECKED_OPTIONS } from '../sluice.tokens.js';

/**
 * Injectable: the port of the module's option `operators`. Requests there go to the application's routes, and operators'
 * endpoints answer those alone. It is open as long as clients are served, and while they are sent away at shutdown.
 */
@Injectable()
export class OperatorListener {
  private readonly requests = new WeakSet<IncomingMessage>();
  private readonly listener: HttpListener | undefined;

  constructor(
    @Inject(CHECKED_OPTIONS) { operators, limits }: SluiceOptions,
    private readonly host: HttpAdapterHost,
    listeners: HttpListeners,
  ) {
    if (operators === undefined) return;
    const { port, address = '127.0.0.1', tls } = operators;
    const tlsHandshakes = { ...DEFAULT_LIMITS, ...limits };
    const { handshakeMs } = tlsHandshakes;
    this.listener = listeners.at(port, {
      address,
      tls,
      tlsHandshakes,
      handshakeMs,
      http: this.answer,
    });
  }

  /** The port it listens on; undefined if there is none, or before it listens. */
  get port(): number | undefined {
    return this.listener && boundPort(this.listener.server);
  }

  /** Whether operators' endpoints answer a request: it came to this listener, or there is none. */
  serves(request: IncomingMessage): boolean {
    return this.listener === undefined || this.requests.has(request);
  }

  private readonly answer = (request: IncomingMessage, response: ServerResponse): void => {
    this.requests.add(request);
    (this.host.httpAdapter.getHttpServer() as Server).emit('request', request, response);
  };
}
