/** How the socket behaves towards clients that do not behave (contract 3, 4 and 12). */
import type { Provider } from '@nestjs/common';
import type { ChainGatewayOptions } from '@sluice/nestjs';
import type { LighthouseSettings } from '../lighthouse.settings.js';
import { BEACON_ENDPOINT, LIGHTHOUSE_SETTINGS } from '../lighthouse.tokens.js';
import { beaconContract } from './beacon-contract.js';

/** The whole answer to a request without a WebSocket key: the node sends no headers. */
const NO_KEY =
  'HTTP/1.1 400 Bad Request\r\n\r\nWebSocket Protocol Error: Unable to parse WebSocket key.';

/** Codes that a client's Close frame may not have, beside those below 1000 and from 5000 on. */
const FORBIDDEN_CODES = new Set([1004, 1005, 1006, 1012, 1013, 1014, 1015, 1016, 1100, 2000, 2999]);

/** What is the same for every application. */
export const BEACON_MANNERS = {
  atLimit: 'drop',
  badHandshake: NO_KEY,
  http: ({ socket }) => {
    socket.write(NO_KEY);
    // Not just an end: a client that does not let go would keep its place.
    socket.destroySoon();
  },
  discardsMessages: true,
  closeCodes: (code) => code >= 1000 && code < 5000 && !FORBIDDEN_CODES.has(code),
  violations: (code) => (code === 1002 ? 'WebSocket Protocol Error' : ''),
  shutdown: { code: 1001, reason: 'Shutting down.' },
} as const satisfies Partial<ChainGatewayOptions>;

/** What the options of the module say. */
export const beaconEndpoint: Provider<Partial<ChainGatewayOptions>> = {
  provide: BEACON_ENDPOINT,
  inject: [LIGHTHOUSE_SETTINGS],
  useFactory: (settings: LighthouseSettings) => ({
    contract: beaconContract(settings),
    address: settings.address,
    port: settings.port === 0 ? 'free' : settings.port,
    ...(settings.tls !== undefined && { tls: settings.tls }),
    limits: settings.limits,
    heartbeat: settings.heartbeat,
  }),
};
