import type { ExecutionContext } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';

/** The request of an HTTP context as Node has it: Express' is one, Fastify's has one. */
export function rawRequest(context: ExecutionContext): IncomingMessage {
  const request = context.switchToHttp().getRequest<IncomingMessage & { raw?: IncomingMessage }>();
  return request.raw ?? request;
}
