import { HttpException, Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { SluiceError, type NodeCalls } from '@sluice/engine';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ControlAccess } from '../control/control-access.js';
import type { HttpAnswer, HttpCall } from './http-call.js';
import { NODE_CALLS } from './node-calls.token.js';

/** What only the writer can answer; everything else of a node is served by every gateway. */
const PATHS = [
  '/control',
  '/tx-mining',
  '/nano-rpc',
  '/api/v1/blocks',
  '/api/v1/transactions',
] as const;

const MOST_BYTES = 512 * 1024;

type Request = IncomingMessage & { readonly originalUrl?: string };

/** Hands requests over to the writer: whoever talks to a gateway need not know where the chain is. */
@Injectable()
export class ForwardedHttp {
  constructor(
    { httpAdapter }: HttpAdapterHost,
    @Inject(NODE_CALLS) private readonly calls: NodeCalls,
    private readonly access: ControlAccess,
  ) {
    for (const path of PATHS) {
      httpAdapter.use(path, (request: Request, response: ServerResponse) => {
        void this.forward(path, request, response);
      });
    }
  }

  private async forward(
    path: (typeof PATHS)[number],
    request: Request,
    response: ServerResponse,
  ): Promise<void> {
    try {
      if (path === '/control') this.access.check(request);
      const body = await bodyOf(request);
      if (body === undefined) {
        response.writeHead(413, { Connection: 'close' }).end();
        return;
      }
      const { method = 'GET', url = '/', originalUrl = url, headers } = request;
      const type = headers['content-type'];
      const answer = await this.calls.ask<HttpAnswer>('http', 'request', {
        method,
        url: originalUrl,
        headers: type === undefined ? {} : { 'content-type': type },
        ...(body.length > 0 && { body }),
      } satisfies HttpCall);
      for (const [name, value] of answer.headers) response.setHeader(name, value);
      response.writeHead(answer.status).end(answer.body);
    } catch (error) {
      const isRefused = error instanceof HttpException;
      const statusCode = isRefused ? error.getStatus() : 502;
      const { message } = isRefused ? error : SluiceError.from(error);
      response
        .writeHead(statusCode, { 'content-type': 'application/json' })
        .end(JSON.stringify({ statusCode, message }));
    }
  }
}

/** Undefined if it is too large. */
async function bodyOf(request: Request): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
