import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { ConnectionGate, type ConnectionGateLimits } from './connection-gate.js';

const gateWith = (
  limits: Partial<ConnectionGateLimits>,
  clock = new ManualClock(),
): ConnectionGate => {
  const none = {
    connections: Infinity,
    connectionsPerAddress: Infinity,
    upgradesPerSecond: Infinity,
    upgradesPerSecondPerAddress: Infinity,
  };
  return new ConnectionGate('test', { ...none, ...limits }, clock);
};

it('lets a connection out once, however often it is told', () => {
  const gate = gateWith({ connections: 2, connectionsPerAddress: 2 });
  const leave = gate.enter('a');
  gate.enter('a');
  leave();
  leave();
  expect([gate.connections, gate.addresses.get('a')]).toEqual([1, 1]);
});

it('keeps no account of an address that does not count', () => {
  const gate = gateWith({ connections: 3, connectionsPerAddress: 1 });
  const leave = [gate.enter('a', false), gate.enter('a', false)];
  gate.enter('a');
  expect(() => gate.enter('b')).toThrow('Too many connections to test');
  for (const each of leave) each();
  expect([gate.connections, gate.addresses.get('a')]).toEqual([1, 1]);
  expect(() => gate.enter('a')).toThrow('from a');
});

it('counts the addresses of one IPv6 network as one, and those of IPv4 each by itself', () => {
  const gate = gateWith({ connectionsPerAddress: 1 });
  gate.enter('2001:db8:0:1::1');
  expect(() => gate.enter('2001:db8:0:1:ffff::2')).toThrow('from 2001:db8:0:1::/64');
  gate.enter('2001:db8:0:2::1');
  gate.enter('192.0.2.1');
  gate.enter('192.0.2.2');
  expect(gate.connections).toBe(4);
});

describe('a gate that limits upgrades in time', () => {
  const flap = (gate: ConnectionGate, address: string, times: number): void => {
    for (let count = 0; count < times; count++) gate.enter(address)();
  };

  it('lets ten seconds worth of them come at once, then as many as the rate says', () => {
    const clock = new ManualClock();
    const gate = gateWith({ upgradesPerSecond: 2 }, clock);
    flap(gate, 'a', 20);
    expect(() => gate.enter('b')).toThrow('Too many connections in a short time to test');
    clock.advance(500);
    flap(gate, 'b', 1);
    expect(() => gate.enter('b')).toThrow('in a short time');
  });

  it('holds what one address has too many of against that address only', () => {
    const gate = gateWith({ upgradesPerSecond: 10, upgradesPerSecondPerAddress: 1 });
    flap(gate, '192.0.2.1', 10);
    for (let count = 0; count < 1000; count++) {
      expect(() => gate.enter('192.0.2.1')).toThrow('in a short time');
    }
    flap(gate, '192.0.2.2', 10);
  });

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('does not count %s by itself', (address) => {
    const gate = gateWith({ upgradesPerSecondPerAddress: 1 });
    flap(gate, address, 100);
    expect(gate.connections).toBe(0);
  });

  it('does not count an address that does not count', () => {
    const gate = gateWith({ upgradesPerSecondPerAddress: 1 });
    for (let count = 0; count < 100; count++) gate.enter('192.0.2.1', false)();
    flap(gate, '192.0.2.1', 10);
    expect(() => gate.enter('192.0.2.1')).toThrow('in a short time');
  });
});
