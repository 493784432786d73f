import type { TestClient, WaitOptions } from '@sluice/testing';
import { expectSame, expectShape, readJson } from '../../judging/expect.js';
import { integer, object, text } from '../../judging/shape.js';
import type { CheckContext } from '../../runner/check-context.js';

/** One event of the stream. */
export interface BigchaindbFrame {
  readonly height: number | bigint;
  readonly asset_id: string;
  readonly transaction_id: string;
}

/** What the driver's actions answer: where the chain stands now. */
export interface ChainState {
  readonly height: number;
  readonly transactions: readonly string[];
}

const ID = text(/^[0-9a-f]{64}$/, '64 lower-case hex digits');
const FRAME = object({ height: integer(), asset_id: ID, transaction_id: ID });

/** Reads a message. @throws Mismatch unless it has exactly the members of contract 6. */
export function readFrame(message: string): BigchaindbFrame {
  const frame = readJson<BigchaindbFrame>(message);
  expectShape(frame, FRAME, 'frame');
  return frame;
}

/** @throws Mismatch unless the text is written as the node writes it: members in order, spaces after colons and commas. */
export function expectNodeText(message: string): void {
  const { height, asset_id, transaction_id } = readFrame(message);
  const wanted = `{"height": ${height}, "asset_id": "${asset_id}", "transaction_id": "${transaction_id}"}`;
  expectSame(message, wanted, 'text of the frame');
}

/** The frames of a block that the driver commits. */
export async function framesOf(
  context: CheckContext,
  client: TestClient,
  block: object,
): Promise<{ readonly state: ChainState; readonly frames: readonly BigchaindbFrame[] }> {
  await client.ping();
  const state = await context.drive<ChainState>('block', block);
  const texts = await client.take(state.transactions.length);
  return { state, frames: texts.map(readFrame) };
}

/** The next frame, from the driver or by itself. */
export async function nextFrame(context: CheckContext, client: TestClient): Promise<string> {
  await context.nudge('block', { create: 1 });
  return context.activity('transaction', (options: WaitOptions) => client.next(options));
}
