/** The packed packages at work in applications of others: Nest 12 and 11, Express and Fastify, ESM and CommonJS. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Consumer, PackedPackages, type NestMajor } from './support/packed-packages.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const APPLICATION = read('./consumers/application.mjs');
const GATEWAYS = read('./consumers/gateways.mjs');

/** The same program for CommonJS. */
function commonJs(program: string): string {
  return program
    .replace(/^import \{([^}]*)\} from ('[^']+');$/gm, 'const {$1} = require($2);')
    .replace(/^import ('[^']+');$/gm, 'require($1);');
}

let packages: PackedPackages;
const consumers = new Map<NestMajor, Consumer>();

beforeAll(async () => {
  packages = await PackedPackages.create();
  for (const nest of [12, 11] as const) {
    const consumer = await Consumer.create(packages.all, nest);
    consumer.write('application.mjs', APPLICATION);
    consumer.write('application.cjs', commonJs(APPLICATION));
    consumer.write('gateways.mjs', GATEWAYS);
    consumers.set(nest, consumer);
  }
});

afterAll(() => {
  for (const consumer of consumers.values()) consumer.remove();
  packages.remove();
});

describe.each([12, 11] as const)('an application on Nest %i', (nest) => {
  const consumer = () => {
    const found = consumers.get(nest);
    if (found === undefined) throw new Error(`There is no consumer with Nest ${nest}`);
    return found;
  };

  it('really has that Nest', () => {
    const require = createRequire(join(consumer().folder, 'package.json'));
    const { version } = require('@nestjs/core/package.json') as { version: string };
    expect(version).toMatch(new RegExp(`^${nest}\\.`));
  });

  it.each(
    ['express', 'fastify'].flatMap((platform) => [
      [platform, 'application.mjs', 'an ES module'],
      [platform, 'application.cjs', 'CommonJS'],
    ]),
  )('on %s mounts everything and serves an event: %s as %s', async (platform, program) => {
    const log = join(consumer().folder, `${platform}-${program}.lmdb`);
    const printed = await consumer().nodeWith(
      { PLATFORM: platform, EVENT_LOG: log },
      '--disable-warning=ExperimentalWarning',
      program,
    );
    expect(JSON.parse(printed)).toEqual({
      event: expect.objectContaining({ id: expect.any(Number), type: 'FULL_NODE_CRASHED' }),
      type: 'new_block',
      block: expect.objectContaining({ number: 7 }),
      metrics: expect.stringContaining('sluice_'),
      health: expect.objectContaining({ status: 'ok' }),
      page: expect.stringContaining('<title>Sluice inspector</title>'),
      codes: [1005, 1001],
    });
  });

  it('has guards, pipes, filters, hooks and stock gateways as they should be', async () => {
    expect(await consumer().node('gateways.mjs')).toBe('ok\n');
  });
});
