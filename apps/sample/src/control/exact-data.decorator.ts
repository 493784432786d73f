import type { ExecutionContext, RawBodyRequest } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import { parseJson } from '@sluice/engine';
import type { IncomingMessage } from 'node:http';

/**
 * Injects the body's member `data` with every digit of its integers, those beyond 2^53 as bigint. The body must have passed
 * its own checks; one that was not sent as JSON is as the application's parser read it.
 */
export const ExactData = createParamDecorator((_: unknown, context: ExecutionContext): unknown => {
  const request = context
    .switchToHttp()
    .getRequest<RawBodyRequest<IncomingMessage & { readonly body: { readonly data: unknown } }>>();
  const { rawBody, body } = request;
  const isJson = request.headers['content-type']?.includes('json') === true;
  if (rawBody === undefined || !isJson) return body.data;
  return (parseJson(rawBody.toString('utf8')) as { readonly data: unknown }).data;
});
