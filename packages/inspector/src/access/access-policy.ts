/**
 * Who is answered. Rules, in this order:
 *
 * 1. `Host` must be one of the allowed names: a page of another site could have its own name resolve to this server.
 * 2. Without a guard, the connection must come from this machine, and not through a proxy, whose clients do not.
 * 3. With a guard, the guard decides.
 * 4. Data is for the inspector's own page only: what a browser says comes from another origin is refused.
 * 5. What changes something needs a header that a page of another origin cannot send without asking.
 */
import { hostName, isLocalName, originFault, peerFault } from '@sluice/nestjs';
import type { IncomingMessage } from 'node:http';
import type { InspectorGuard } from './inspector-guard.js';

/** A request that is not answered. */
export interface Refusal {
  readonly status: 401 | 403;
  /** For whoever reads the answer. */
  readonly reason: string;
  readonly authenticate?: string;
}

/** Sent by the page with every request that changes something. */
const INTENT_HEADER = 'x-sluice-inspector';

export interface AccessOptions {
  readonly guard?: InspectorGuard | undefined;
  readonly hosts?: readonly string[] | undefined;
  readonly addressOf: (request: IncomingMessage) => string;
  /** Hears of what the guard throws. */
  readonly onError: (error: unknown) => void;
}

/** Rules 1 to 3, for every request. @returns why it is refused; undefined lets it in. */
export async function refusalOf(
  request: IncomingMessage,
  options: AccessOptions,
): Promise<Refusal | undefined> {
  const { guard, hosts } = options;
  const name = hostName(request.headers.host);
  if (!isAllowedHost(name, options)) {
    const hint = hosts === undefined ? '' : '; see the option `hosts`';
    return forbidden(
      `The inspector is not served under the name ${JSON.stringify(name ?? '')}${hint}`,
    );
  }
  if (guard !== undefined) return askGuard(guard, request, options);
  const fault = peerFault(request);
  return fault === undefined ? undefined : forbidden(`The inspector has no guard, so ${fault}`);
}

/** Rules 4 and 5, for requests of data and actions. */
export function originRefusalOf(request: IncomingMessage): Refusal | undefined {
  const { headers, method } = request;
  if (originFault(request) !== undefined) {
    return forbidden('Only the inspector’s own page may ask for this');
  }
  if (method !== 'GET' && headers[INTENT_HEADER] === undefined) {
    return forbidden(`Requests that change something need the header ${INTENT_HEADER}`);
  }
  return undefined;
}

function isAllowedHost(
  name: string | undefined,
  { guard, hosts }: Pick<AccessOptions, 'guard' | 'hosts'>,
): boolean {
  if (name === undefined) return false;
  if (hosts !== undefined) return hosts.some((host) => host.toLowerCase() === name);
  return guard !== undefined || isLocalName(name);
}

async function askGuard(
  guard: InspectorGuard,
  request: IncomingMessage,
  { addressOf, onError }: AccessOptions,
): Promise<Refusal | undefined> {
  try {
    const verdict = await guard(request, addressOf(request));
    if (verdict === true) return undefined;
    if (typeof verdict === 'object') {
      return { status: 401, reason: 'Who are you?', authenticate: verdict.authenticate };
    }
  } catch (error) {
    onError(error);
  }
  return forbidden('The guard does not let you in');
}

function forbidden(reason: string): Refusal {
  return { status: 403, reason };
}
