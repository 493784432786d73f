import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectShape, readJson } from '../../judging/expect.js';
import { SkipCheck } from '../../judging/outcomes.js';
import { integer, object, text } from '../../judging/shape.js';
import type { CheckContext } from '../../runner/check-context.js';
import { BLOCK, isNewBlock, readMessage } from './basalt-message.js';

const STATUS = object({ latestBlock: integer(), latestHash: BLOCK.hash, chainId: integer() });
const HTTP_BLOCK = object({ ...BLOCK, baseFee: text(/^\d+$/, 'a decimal text') });

/** Contract 11: what followers and clients that miss a block ask over HTTP. */
export const httpChecks: readonly ConformanceCheck[] = [
  {
    ref: 'basalt §11',
    title: 'GET /v1/sync/status tells the latest block, its hash and the chain id',
    async run(context) {
      expectShape(await get(context, '/v1/sync/status'), STATUS, 'status');
    },
  },
  {
    ref: 'basalt §11',
    title: 'GET /v1/blocks/latest has the members of the stream’s block, and baseFee',
    async run(context) {
      expectShape(await get(context, '/v1/blocks/latest'), HTTP_BLOCK, 'block');
    },
  },
  {
    ref: 'basalt §11',
    title: 'finds an announced block by its number and by its hash',
    needs: ['activity'],
    async run(context) {
      const client = await context.connect();
      await context.nudge('mine');
      const taken = await context.activity('block', (options) => client.until(isNewBlock, options));
      const { block } = readMessage(taken.at(-1) ?? '');
      for (const key of [String(block.number), block.hash]) {
        const { baseFee, ...rest } = await get<Record<string, unknown>>(
          context,
          `/v1/blocks/${key}`,
        );
        expectShape(baseFee, text(/^\d+$/, 'a decimal text'), 'baseFee');
        expectSame(rest, block, `block ${key} over HTTP, without baseFee`);
      }
    },
  },
];

async function get<T>(context: CheckContext, path: string): Promise<T> {
  const { status, body } = await context.fetch(path);
  if (status === 404) throw new SkipCheck(`${path} is not served here`);
  expectSame(status, 200, `status of ${path}`);
  return readJson<T>(body);
}
