import { BadRequestException } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';

/** Where a request goes. */
export interface RequestTarget {
  /** Decoded path segments; `/a/` is `['a', '']`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

const ABSOLUTE_FORM = /^(?:https?|wss?):\/\/[^/?#]+/i;

/**
 * Reads a request's target. Only the path decides, so that `//any/a` is not taken for `/a` on a host named `any`.
 *
 * @throws BadRequestException if the target or the host cannot be read.
 */
export function readTarget(request: IncomingMessage): RequestTarget {
  const target = (request.url ?? '').replace(ABSOLUTE_FORM, '');
  const question = target.indexOf('?');
  const path = question < 0 ? target : target.slice(0, question);
  if (!URL.canParse(`http://${request.headers.host ?? 'localhost'}/`)) {
    throw new BadRequestException('Invalid Host header');
  }
  return {
    segments: path.replace(/^\//, '').split('/').map(decode),
    query: new URLSearchParams(question < 0 ? '' : target.slice(question + 1)),
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new BadRequestException('Invalid request target');
  }
}
