import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The service's own headers; but any origin may read, where the service names its developers' machines. */
const HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'x-prototype-version,x-requested-with,content-type',
  'Access-Control-Max-Age': '604800',
} as const;
const MOST_BYTES = 1024 ** 2;

/**
 * What a tx-mining-service does with every request: CORS headers on all answers, refusals included, and bodies that are JSON
 * whatever type they claim. What is no JSON leaves `body` undefined.
 */
@Injectable()
export class TxMiningMiddleware {
  /** Comes before the application's own parser, which is set up when all providers are there. */
  constructor({ httpAdapter }: HttpAdapterHost) {
    httpAdapter.use('/tx-mining', handle);
  }
}

async function handle(
  request: IncomingMessage & { body?: unknown },
  response: ServerResponse,
  next: (error?: unknown) => void,
): Promise<void> {
  const { method = 'GET' } = request;
  const methods = method === 'OPTIONS' ? 'GET, POST, OPTIONS' : method;
  response.setHeader('Access-Control-Allow-Methods', methods);
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  if (method === 'OPTIONS') {
    response.writeHead(200).end();
    return;
  }
  if (method !== 'POST') {
    next();
    return;
  }
  try {
    const text = await bodyOf(request);
    if (text === undefined) {
      response.writeHead(413, { Connection: 'close' }).end();
      return;
    }
    request.body = decoded(text);
    next();
  } catch (error) {
    next(error);
  }
}

/** Undefined if it is too large. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
