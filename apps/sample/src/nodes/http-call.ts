/** HTTP requests that a gateway gets and the writer answers: control, and what else only the chain's own process can do. */
import type { HttpAdapterHost } from '@nestjs/core';
import type { CallHandlers } from '@sluice/engine';
import { reachableHost } from '../config/reachable-host.js';
import { INNER_HEADERS } from '../control/control-access.js';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';

export interface HttpCall {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** Of one connection, or no longer true of what `fetch` hands over. */
const NOT_FORWARDED = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
]);

/** The writer puts the request to its own port. @param address what that listens on. */
export function answerHttp({ httpAdapter }: HttpAdapterHost, address: string): CallHandlers {
  const request = async ({ method, url, headers, body }: HttpCall): Promise<HttpAnswer> => {
    const { port } = (httpAdapter.getHttpServer() as Server).address() as AddressInfo;
    const response = await fetch(`http://${reachableHost(address)}:${String(port)}${url}`, {
      method,
      headers: { ...headers, ...INNER_HEADERS },
      ...(body !== undefined && { body: new Uint8Array(body) }),
    });
    return {
      status: response.status,
      headers: [...response.headers].filter(([name]) => !NOT_FORWARDED.has(name)),
      body: new Uint8Array(await response.arrayBuffer()),
    };
  };
  return { request };
}
