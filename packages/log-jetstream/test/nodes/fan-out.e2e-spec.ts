import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@sluice/engine/testing';
import { natsFanOut } from '../../src/index.js';
import { LossyProxy } from '../support/lossy-proxy.js';
import { NatsServer } from '../../src/testing/index.js';
import { Nodes, numbers, sendNumbers } from '../support/nodes.js';

describe('a fan-out over NATS', () => {
  let server: NatsServer;
  let nodes: Nodes;

  beforeEach(async () => {
    server = await NatsServer.start({ jetstream: false });
    nodes = new Nodes(server.url);
  });

  afterEach(async () => {
    await nodes.end();
    await server.end();
  });

  it('brings every event to every gateway once and in order', async () => {
    const gateways = [await nodes.gateway(), await nodes.gateway(), await nodes.gateway()];
    const writer = await nodes.writer();
    for (let from = 0; from < 20_000; from += 100) {
      sendNumbers(writer, from, from + 99);
      await new Promise(setImmediate);
    }
    for (const gateway of gateways) {
      await gateway.until(19_999);
      expect(gateway.heard).toEqual(numbers(0, 19_999));
    }
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'loses nothing when the server is ended by %s and started again',
    async (signal) => {
      const gateways = [await nodes.gateway(), await nodes.gateway()];
      const writer = await nodes.writer();
      for (let from = 0; from < 6000; from += 1000) {
        sendNumbers(writer, from, from + 499);
        await new Promise(setImmediate);
        const halted = server.halt(signal);
        sendNumbers(writer, from + 500, from + 999);
        await halted;
        await server.resume();
      }
      for (const gateway of gateways) {
        await gateway.until(5999);
        expect(gateway.heard).toEqual(numbers(0, 5999));
      }
    },
    30_000,
  );

  it('loses nothing when the connection of a gateway is lost', async () => {
    const proxy = await LossyProxy.start(server.port);
    const gateway = await nodes.gateway(proxy.url);
    const writer = await nodes.writer();
    sendNumbers(writer, 0, 9);
    await gateway.until(9);
    const lost = proxy.loseNextAnswer();
    sendNumbers(writer, 10, 19);
    await lost;
    sendNumbers(writer, 20, 29);
    await gateway.until(29);
    expect(gateway.heard).toEqual(numbers(0, 29));
    await nodes.end();
    await proxy.end();
  });

  it('loses nothing when one writer ends and another begins', async () => {
    const gateway = await nodes.gateway();
    const first = await nodes.writer();
    sendNumbers(first, 0, 9);
    await first.close();
    sendNumbers(await nodes.writer(), 10, 19);
    await gateway.until(19);
    expect(gateway.heard).toEqual(numbers(0, 19));
  });

  it('goes on with a writer while others stand by, and with the one that then begins', async () => {
    const gateway = await nodes.gateway();
    const writer = await nodes.writer();
    sendNumbers(writer, 0, 9);
    await gateway.until(9);
    const clock = new ManualClock();
    const standby = await nodes.writer({ clock });
    clock.advance(5000);
    // Whatever the one that stands by has said has reached the gateways when another one is let in.
    await nodes.gateway();
    sendNumbers(writer, 10, 19);
    await gateway.until(19);
    await writer.close();
    sendNumbers(standby, 20, 29);
    clock.turn();
    await gateway.until(29);
    expect(gateway.heard).toEqual(numbers(0, 29));
  });

  it('follows the second of two writers, also if its clock is behind', async () => {
    const gateway = await nodes.gateway();
    const ahead = await nodes.writer({ clock: aheadBy(3_600_000) });
    sendNumbers(ahead, 0, 9);
    await gateway.until(9);
    const next = await nodes.writer();
    sendNumbers(next, 10, 19);
    await gateway.until(19);
    sendNumbers(ahead, 100, 109);
    sendNumbers(next, 20, 29);
    await gateway.until(29);
    expect(gateway.heard).toEqual([
      ...numbers(0, 9),
      { reason: 'writer-changed', events: undefined },
      ...numbers(10, 29),
    ]);
  });

  it('brings a large event, and tells of one that the server would not take', async () => {
    const gateway = await nodes.gateway();
    const writer = await nodes.writer();
    sendNumbers(writer, 0, 0);
    const bytes = new Uint8Array(1024 ** 2 - 200);
    writer.send({ type: 'bytes', time: 0, data: bytes });
    expect(() => writer.send({ type: 'bytes', time: 0, data: new Uint8Array(1024 ** 2) })).toThrow(
      'too large',
    );
    sendNumbers(writer, 1, 1);
    await gateway.until(1);
    expect(gateway.heard).toEqual([0, bytes, { reason: 'forgotten', events: 1 }, 1]);
  });

  it('ends in time when the server says nothing', async () => {
    await nodes.gateway();
    const writer = await nodes.writer();
    sendNumbers(writer, 0, 9);
    server.signal('SIGSTOP');
    sendNumbers(writer, 10, 19);
    await writer.close();
    await nodes.end();
    server.signal('SIGCONT');
  }, 10_000);

  it('is refused where no server is', async () => {
    await server.halt();
    const fanOut = natsFanOut({ servers: server.url, timeout: 500 });
    const refusal = { code: 'STATE', details: { reason: 'unreachable' } };
    await expect(fanOut.publisher()).rejects.toMatchObject(refusal);
  });

  it.each([
    [{ servers: [] }, 'servers'],
    [{ servers: 'x', subject: 'a..b' }, 'subject'],
    [{ servers: 'x', subject: '*' }, 'subject'],
    [{ servers: 'x', timeout: 0 }, 'timeout'],
    [{ servers: 'x', remember: -1 }, 'remember'],
  ])('does not take %j', (options, fault) => {
    expect(() => natsFanOut(options)).toThrow(fault);
  });
});

function aheadBy(ms: number) {
  return {
    now: () => Date.now() + ms,
    monotonic: () => performance.now(),
    after: (delay: number, task: () => void) => {
      const timer = setTimeout(task, delay);
      return () => clearTimeout(timer);
    },
    soon: (task: () => void) => {
      const immediate = setImmediate(task);
      return () => clearImmediate(immediate);
    },
  };
}
