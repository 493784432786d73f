import { Body, Controller, Get, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { HathorNodeChain } from '../chain/hathor-node-chain.js';
import { TransactionRefusedError } from '../chain/transaction-refused.error.js';
import { CodecError } from '../codec/codec-error.js';
import { decodeVertex } from '../codec/vertex-decoder.js';
import { NodeJsonInterceptor } from './node-json.interceptor.js';
import { vertexBytes } from './node-hex.js';
import { integerParameter, NodeQuery, pageStart, requireParameters } from './node-query.js';
import { NodeRefusal } from './node-refusal.js';
import { MOST_ON_PAGE } from './thin-wallet.controller.js';
import { pushedTransaction } from './pushed-transaction.js';
import { transactionAnswer } from './transaction-answer.js';

/** `/v1a/transaction` and `/v1a/push_tx` (contract 4). */
@Controller('v1a')
@UseInterceptors(NodeJsonInterceptor)
export class TransactionController {
  constructor(private readonly chain: HathorNodeChain) {}

  /** One vertex by its id, or the newest blocks or transactions. */
  @Get('transaction')
  async find(@NodeQuery() query: URLSearchParams): Promise<object> {
    const id = query.get('id');
    if (id !== null) return transactionAnswer(this.chain, id);
    requireParameters(query, 'count', 'type');
    const count = integerParameter(query, 'count', MOST_ON_PAGE);
    const type = query.get('type');
    if (type !== 'block' && type !== 'tx') {
      throw new NodeRefusal("Invalid 'type' parameter, expected 'block' or 'tx'");
    }
    const from = pageStart(query);
    const { vertices, has_more } = await this.chain.vertexPage({
      of: type === 'tx' ? 'transactions' : 'blocks',
      count,
      ...(from && { from }),
    });
    return { transactions: vertices, has_more };
  }

  @Post('push_tx')
  @HttpCode(200)
  push(@Body() body: unknown): Promise<object> {
    const hex = (body as { hex_tx?: unknown } | null | undefined)?.hex_tx;
    return this.submit(hex);
  }

  /** The older form. */
  @Get('push_tx')
  pushByQuery(@NodeQuery() query: URLSearchParams): Promise<object> {
    return this.submit(query.get('hex_tx') ?? undefined);
  }

  private async submit(hex: unknown): Promise<object> {
    if (hex === undefined) {
      throw new NodeRefusal('Missing hexadecimal data', { can_force: false });
    }
    const bytes = typeof hex === 'string' ? readable(() => vertexBytes(hex)) : undefined;
    if (bytes === undefined) {
      throw new NodeRefusal('Invalid hexadecimal data', { can_force: false });
    }
    try {
      const id = await this.chain.submitTransaction(bytes);
      // The application's chain may know kinds of transactions that the codec does not.
      const vertex = readable(() => decodeVertex(bytes));
      return { success: true, message: '', tx: vertex && pushedTransaction(id, vertex) };
    } catch (error) {
      if (error instanceof TransactionRefusedError) throw new NodeRefusal(error.message);
      throw error;
    }
  }
}

/** What the codec reads, undefined if it cannot. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}
