import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import { isHex } from './node-hex.js';
import { missing, NodeRefusal } from './node-refusal.js';

/**
 * The request's query as it was sent: what the HTTP adapter makes of `addresses[]` is a matter of its settings.
 * Injects `URLSearchParams`.
 */
export const NodeQuery = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<{ originalUrl?: string; url: string }>();
  const url = request.originalUrl ?? request.url;
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
});

/** @throws NodeRefusal that names all parameters that are missing, as the node does. */
export function requireParameters(query: URLSearchParams, ...names: readonly string[]): void {
  const absent = names.filter((name) => !query.has(name)).sort();
  if (absent.length > 0) throw missing(...absent);
}

/** @throws NodeRefusal unless the parameter is an integer from 0 up; more than `cap` counts as `cap`. */
export function integerParameter(query: URLSearchParams, name: string, cap = Infinity): number {
  const text = query.get(name)?.trim() ?? '';
  if (!/^[+-]?\d+$/.test(text)) {
    throw new NodeRefusal(
      `Failed to parse '${name}': invalid literal for int() with base 10: '${text}'`,
    );
  }
  const value = Number(text);
  if (value < 0) throw new NodeRefusal(`Failed to parse '${name}': negative value not accepted`);
  return Math.min(value, cap, Number.MAX_SAFE_INTEGER);
}

/** Where a page that goes on from another one begins: `hash`, `timestamp`, `page`. Undefined for the first page. */
export function pageStart(
  query: URLSearchParams,
): { towards: 'older' | 'newer'; timestamp: number; id: string } | undefined {
  const id = query.get('hash')?.toLowerCase();
  if (id === undefined) return undefined;
  requireParameters(query, 'timestamp', 'page');
  if (!isHex(id)) {
    throw new NodeRefusal("Invalid 'hash' parameter, could not decode hexadecimal");
  }
  const page = query.get('page');
  if (page !== 'previous' && page !== 'next') {
    throw new NodeRefusal("Invalid 'page' parameter, expected 'previous' or 'next'");
  }
  const timestamp = integerParameter(query, 'timestamp');
  return { towards: page === 'next' ? 'older' : 'newer', timestamp, id };
}
