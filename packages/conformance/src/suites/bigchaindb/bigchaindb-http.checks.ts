import type { ConformanceCheck } from '../../check.js';
import { expectSame, expectShape, readJson } from '../../judging/expect.js';
import { object, text, type Shape } from '../../judging/shape.js';
import type { CheckContext } from '../../runner/check-context.js';
import type { HandshakeAnswer } from '../../wire/handshake.js';
import { nextFrame, readFrame } from './bigchaindb-frame.js';

const DOCS = 'https://docs.bigchaindb.com/projects/server/en/v';
const STREAMS = text(
  /^wss?:\/\/(?:[^/:]+|\[[^\]]+\]):\d+\/api\/v1\/streams\/valid_transactions$/,
  'the stream’s absolute URL with its port',
);
const BLOCK_STREAM = text(/\/api\/v1\/streams\/valid_blocks$/, 'the block stream’s absolute URL');
const UNKNOWN = 'f'.repeat(64);

/** Contract 3: where clients find the stream; contract 8 and 11: where they look up what it names. */
export const httpChecks: readonly ConformanceCheck[] = [
  {
    ref: 'bigchaindb §15.1',
    title: 'GET / names the software, and the API with the stream’s absolute URL and port',
    async run(context) {
      const { body } = await document(context, '/');
      const root = object({
        api: object({ v1: api('/api/v1/') }),
        docs: text(/^https:\/\/docs\.bigchaindb\.com\/.*\/$/, `${DOCS}…/`),
        software: text(/^BigchainDB$/, 'BigchainDB'),
        version: text(/^\d+\.\d+/, 'a version'),
      });
      expectShape(readJson(body), root, 'document');
    },
  },
  {
    ref: 'bigchaindb §15.2',
    title: 'GET /api/v1/ has the same without the prefix',
    async run(context) {
      const root = readJson<Record<string, Record<string, Record<string, unknown>>>>(
        (await document(context, '/')).body,
      );
      const own = readJson<Record<string, unknown>>((await document(context, '/api/v1/')).body);
      expectShape(own, api('/'), 'document');
      expectSame(own.streams, root.api?.v1?.streams, 'streams');
    },
  },
  {
    ref: 'bigchaindb §15.3',
    title: 'GET /api/v1 is answered with 200 and the same body, not redirected',
    async run(context) {
      const [bare, slashed] = [
        await document(context, '/api/v1'),
        await document(context, '/api/v1/'),
      ];
      expectSame(bare.body, slashed.body, 'body');
    },
  },
  {
    ref: 'bigchaindb §3',
    title: 'lets pages of any origin read the documents',
    async run(context) {
      const plain = await document(context, '/');
      expectSame(plain.headers['access-control-allow-origin'], '*', 'without an Origin');
      expectShape(
        plain.headers['content-type'],
        text(/^application\/json/, 'JSON'),
        'Content-Type',
      );
      const Origin = 'https://elsewhere.example';
      const { headers } = await document(context, '/', { Origin });
      expectSame(headers['access-control-allow-origin'], Origin, 'with an Origin');
    },
  },
  {
    ref: 'bigchaindb §15.24',
    title: 'has the transaction of a frame over HTTP at once',
    needs: ['activity'],
    async run(context) {
      const frame = readFrame(await nextFrame(context, await context.connect()));
      const path = `/api/v1/transactions/${frame.transaction_id}`;
      const { status, body } = await context.http(path);
      expectSame(status, 200, `status of ${path}`);
      expectSame(readJson<{ readonly id?: string }>(body).id, frame.transaction_id, 'id');
    },
  },
  {
    ref: 'bigchaindb §11',
    title: 'has the block of a frame over HTTP, the transaction in it',
    needs: ['activity'],
    async run(context) {
      const frame = readFrame(await nextFrame(context, await context.connect()));
      const path = `/api/v1/blocks/${frame.height}`;
      const { status, body } = await context.http(path);
      expectSame(status, 200, `status of ${path}`);
      const block = readJson<{ height: unknown; transactions: readonly { id: string }[] }>(body);
      expectSame(block.height, frame.height, 'height');
      const found = block.transactions.filter(({ id }) => id === frame.transaction_id);
      expectSame(found.length, 1, 'how often the transaction is in its block');
    },
  },
  {
    ref: 'bigchaindb §11',
    title: 'answers 404 for a block and a transaction that do not exist',
    async run(context) {
      for (const path of ['/api/v1/blocks/4000000000', `/api/v1/transactions/${UNKNOWN}`]) {
        const { status, body } = await context.http(path);
        expectSame(status, 404, `status of ${path}`);
        expectSame(readJson(body), { status: 404, message: 'Not found' }, `body of ${path}`);
      }
    },
  },
];

async function document(
  context: CheckContext,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<HandshakeAnswer> {
  const answer = await context.http(path, { headers });
  expectSame(answer.status, 200, `status of ${path}`);
  return answer;
}

function api(prefix: string): Shape {
  const path = (name: string): Shape => text(new RegExp(`^${prefix}${name}$`), `${prefix}${name}`);
  const members = {
    assets: path('assets/'),
    blocks: path('blocks/'),
    docs: text(/^https:\/\/docs\.bigchaindb\.com\/.*\/http-client-server-api\.html$/, `${DOCS}…`),
    metadata: path('metadata/'),
    outputs: path('outputs/'),
    streams: STREAMS,
    transactions: path('transactions/'),
    validators: path('validators'),
  };
  // Servers that have a stream of blocks as well name it (contract 12).
  return object(members, { optional: { streamedblocks: BLOCK_STREAM } });
}
