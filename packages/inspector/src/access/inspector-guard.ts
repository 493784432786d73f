import type { IncomingMessage } from 'node:http';

/** `true` lets a request in, `false` is 403; `authenticate` is 401 with that `WWW-Authenticate` header. */
export type GuardVerdict = boolean | { readonly authenticate: string };

/**
 * Decides about every request to the inspector, assets included. What it throws is logged and refuses the request.
 *
 * @param request as the HTTP server has it: nothing of the framework has seen it.
 * @param address the client's, by the module's `trustedProxies`.
 */
export type InspectorGuard = (
  request: IncomingMessage,
  address: string,
) => GuardVerdict | Promise<GuardVerdict>;
