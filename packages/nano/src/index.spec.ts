import { expect, it } from '@jest/globals';
import * as api from './index.js';

it('exports exactly this', () => {
  expect(Object.keys(api).sort()).toEqual([
    'NANO_TOPICS',
    'NanoGateway',
    'NanoModule',
    'NanoWallets',
    'isNanoTopic',
  ]);
});
