import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { conformanceSuite, DIALECTS } from '../src/index.js';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { faultsOf } from './judge-node.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the README', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('has the program that is tested here', async () => {
    const program = (await read('./judge-node.ts')).replace(
      "'../src/index.js'",
      "'@sluice/conformance'",
    );
    expect(await read('../README.md')).toContain(`\`\`\`ts\n${program}\`\`\``);
  });

  it('counts the checks', async () => {
    const readme = await read('../README.md');
    for (const dialect of DIALECTS) {
      const checks = conformanceSuite(dialect);
      for (const endpoint of new Set(checks.map((check) => check.endpoint))) {
        const own = checks.filter((check) => check.endpoint === endpoint);
        const driven = own.filter(({ needs = [] }) => needs.includes('driver'));
        expect(readme).toMatch(
          new RegExp(`^\\| ${dialect}.*\\| ${own.length} +\\| ${driven.length} +\\|`, 'm'),
        );
      }
    }
  });

  it('has a program that tells what is wrong with a server', async () => {
    jest.spyOn(console, 'log').mockReturnValue();
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (socket) => {
      socket.on('error', () => undefined);
      socket.send('{"type":"new_block"}');
    });
    await once(server, 'listening');
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const faults = await faultsOf(url);
      expect(faults).toContain(
        'basalt §14.4: expected message: a member block, seen {"type":"new_block"}',
      );
    } finally {
      for (const client of server.clients) client.terminate();
      server.close();
    }
    expect(await faultsOf(url)).toEqual([expect.stringMatching(/^could not connect to /)]);
  });
});
