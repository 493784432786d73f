import { expect, it } from '@jest/globals';
import * as api from './index.js';

it('exports exactly this', () => {
  expect(Object.keys(api).sort()).toEqual([
    'CLIENT_ADDRESS',
    'CLOCK',
    'ChainGateway',
    'ConnectGuard',
    'ConnectedSession',
    'EVENT_LOG_STORE',
    'FaultLog',
    'Filter',
    'FlowControl',
    'GatewayCatalogue',
    'METRICS',
    'OptionsError',
    'ROLE',
    'ServingPhase',
    'SessionRegistry',
    'SluiceModule',
    'TlsCertificates',
    'Topic',
    'UpgradeRefusal',
    'endpointMetrics',
    'logState',
    'refusedAtGateway',
    'replyFaults',
    'sessionOf',
  ]);
});
