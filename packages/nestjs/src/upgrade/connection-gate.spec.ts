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

it('keeps no account of an address that does not count', () => {
  const gate = new ConnectionGate('test', { connections: 3, connectionsPerAddress: 1 });
  const leave = [gate.enter('a', false), gate.enter('a', false)];
  gate.enter('a');
  expect(() => gate.enter('b')).toThrow('Too many connections to test');
  for (const each of leave) each();
  expect([gate.connections, gate.addresses.get('a')]).toEqual([1, 1]);
  expect(() => gate.enter('a')).toThrow('from a');
});
