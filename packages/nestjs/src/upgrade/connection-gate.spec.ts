import { expect, it } from '@jest/globals';
import { ConnectionGate } from './connection-gate.js';

it('lets a connection out once, however often it is told', () => {
  const gate = new ConnectionGate('test', { connections: 2, connectionsPerAddress: 2 });
  const leave = gate.enter('a');
  gate.enter('a');
  leave();
  leave();
  expect([gate.connections, gate.addresses.get('a')]).toEqual([1, 1]);
});
