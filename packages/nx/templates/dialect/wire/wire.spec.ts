import { describe, expect, it } from '@jest/globals';
import { SluiceError, type FaultContext } from '@sluice/engine';
import { blockMessage } from './block-message.js';
import { acmeFaults } from './faults.js';
import { welcomeMessage } from './welcome-message.js';

describe('the messages of Acme', () => {
  it('acme §1 has the network and the height of the chain', () => {
    const latest = { height: 7, hash: 'aa' };
    expect(welcomeMessage('mainnet', latest)).toEqual({
      type: 'welcome',
      network: 'mainnet',
      height: 7,
    });
    expect(welcomeMessage('mainnet', undefined)).toMatchObject({ height: null });
  });

  it('acme §3 has the members of a block in this order', () => {
    expect(JSON.stringify(blockMessage({ height: 7, hash: 'aa' }))).toBe(
      '{"type":"block","height":7,"hash":"aa"}',
    );
  });

  it('acme §4 does not show what went wrong inside', () => {
    const context = { text: '' } as FaultContext;
    expect(acmeFaults(new SluiceError('INTERNAL', 'secret'), context)).toEqual({
      action: 'reply',
      message: { type: 'error', code: 'internal', message: 'Internal error' },
    });
  });
});
