/** A miner by hand: asks for a template, makes of it what the test wants, and hands that in. */
import { encodeVertex, mine, minimalBlock, target, vertexId } from '@sluice/hathor/codec';
import type { Block, BlockTemplate, MergeMinedBlock, RegularBlock } from '@sluice/hathor/codec';
import type { TestClient } from '@sluice/testing';

/** An answer, or a notification without `error` and `result`. */
export interface RpcMessage {
  readonly id: unknown;
  readonly method?: string;
  readonly params?: unknown;
  readonly error?: { readonly code: number; readonly message: string } | null;
  readonly result?: unknown;
}

/** The template of the moment. */
export async function refreshed(client: TestClient): Promise<BlockTemplate> {
  const { result } = await called(client, 'mining.refresh', []);
  return onlyTemplate(result);
}

/** The template that a notification brings. */
export function templateIn({ method, params }: RpcMessage): BlockTemplate {
  if (method !== 'mining.notify') throw new Error('no notification');
  return onlyTemplate(params);
}

function onlyTemplate(list: unknown): BlockTemplate {
  const [template] = list as [BlockTemplate];
  return { ...template, reward: BigInt(template.reward), score: BigInt(template.score) };
}

/** A request that hands a block in. */
export function submission(id: unknown, block: Block): object {
  return { id, method: 'mining.submit', params: { hexdata: hex(block) } };
}

export function submitted(
  client: TestClient,
  block: Block,
  optimistic = false,
): Promise<RpcMessage> {
  return called(client, 'mining.submit', {
    hexdata: hex(block),
    ...(optimistic && { optimistic }),
  });
}

function hex(block: Block): string {
  return Buffer.from(encodeVertex(block)).toString('hex');
}

/** The next message that is no notification. */
async function called(client: TestClient, method: string, params: unknown): Promise<RpcMessage> {
  client.send({ id: `${method} of the test`, method, params });
  const messages = await client.untilJson<RpcMessage>((message) => !('method' in message));
  const answer = messages.at(-1);
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

/** A block without proof of work. */
export function drafted(
  template: BlockTemplate,
  changes: Partial<RegularBlock> = {},
): RegularBlock {
  return { ...minimalBlock(template), version: 0, nonce: 0n, ...changes };
}

export function mined(template: BlockTemplate, changes: Partial<RegularBlock> = {}): RegularBlock {
  const block = mine(drafted(template, changes));
  if (block === undefined) throw new Error('no nonce found');
  return block;
}

/** The same with a Bitcoin header as its proof of work. */
export function mergeMined(template: BlockTemplate): MergeMinedBlock {
  const limit = target(template.weight);
  for (let nonce = 0; ; nonce++) {
    const headerTail = Buffer.alloc(12);
    headerTail.writeUInt32LE(nonce, 8);
    const block: MergeMinedBlock = {
      ...minimalBlock(template),
      version: 3,
      nonce: 0n,
      auxPow: {
        headerHead: new Uint8Array(36),
        coinbaseHead: Buffer.from('a coinbase with Hath'),
        coinbaseTail: new Uint8Array(8),
        merklePath: [new Uint8Array(32).fill(1)],
        headerTail,
      },
    };
    if (BigInt(`0x${vertexId(block)}`) < limit) return block;
  }
}
