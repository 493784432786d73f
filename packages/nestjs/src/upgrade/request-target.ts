import { BadRequestException } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';

/** Where a request goes. */
export interface RequestTarget {
  /** Decoded path segments; `/a/` is `['a', '']`. Undefined: the target or the host cannot be read. */
  readonly segments: readonly string[] | undefined;
  readonly query: URLSearchParams;
}

const ABSOLUTE_FORM = /^(?:https?|wss?):\/\/[^/?#]+/i;

/** Reads a request's target. Only the path decides, so that `//any/a` is not taken for `/a` on a host named `any`. */
export function readTarget(request: IncomingMessage): RequestTarget {
  const target = (request.url ?? '').replace(ABSOLUTE_FORM, '');
  const question = target.indexOf('?');
  const path = question < 0 ? target : target.slice(0, question);
  return {
    segments: hasReadableHost(request) ? segmentsOf(path) : undefined,
    query: new URLSearchParams(question < 0 ? '' : target.slice(question + 1)),
  };
}

/** Why {@link readTarget} found no segments. */
export function unreadable(request: IncomingMessage): BadRequestException {
  const what = hasReadableHost(request) ? 'request target' : 'Host header';
  return new BadRequestException(`Invalid ${what}`);
}

function hasReadableHost({ headers }: IncomingMessage): boolean {
  return URL.canParse(`http://${headers.host ?? 'localhost'}/`);
}

function segmentsOf(path: string): readonly string[] | undefined {
  try {
    return path.replace(/^\//, '').split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
