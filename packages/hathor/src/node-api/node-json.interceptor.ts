import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { stringifyJson } from '@sluice/engine';
import type { Observable } from 'rxjs';
import { catchError, map, of } from 'rxjs';
import { NodeRefusal } from './node-refusal.js';

/** Content type and CORS headers of a node; but any origin may read, where a node names one of its developers' machines. */
const HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'x-prototype-version,x-requested-with,content-type',
  'Access-Control-Max-Age': '604800',
} as const;

/** Answers as a node does: every digit of large integers, refusals with status 200, CORS headers. */
@Injectable()
export class NodeJsonInterceptor implements NestInterceptor<unknown, string> {
  constructor(private readonly host: HttpAdapterHost) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<string> {
    const http = context.switchToHttp();
    const { method } = http.getRequest<{ method: string }>();
    const response = http.getResponse<unknown>();
    const { httpAdapter } = this.host;
    const methods = method === 'OPTIONS' ? 'GET, POST, OPTIONS' : method;
    httpAdapter.setHeader(response, 'Access-Control-Allow-Methods', methods);
    for (const [name, value] of Object.entries(HEADERS)) {
      httpAdapter.setHeader(response, name, value);
    }
    return next.handle().pipe(
      map((answer) => (answer === undefined ? '' : stringifyJson(answer))),
      catchError((error: unknown) => {
        if (!(error instanceof NodeRefusal)) throw error;
        const { message, members } = error;
        return of(stringifyJson({ success: false, message, ...members }));
      }),
    );
  }
}
