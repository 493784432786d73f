import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { BlockRefusedError, NanoChainError } from '@sluice/mock-chain/nano';
import { WireError } from '@sluice/nano/wire';
import { NanoFeed } from '../nano-feed.js';
import { NANO_SOURCE, type NanoSource } from '../nano-source.js';
import { isRpcAction, RPC_ACTIONS, type RpcAction } from './rpc-actions.js';

/**
 * What wallets ask a node over HTTP while they listen to its socket: one URL, the action in the body. As with a node, every answer is
 * a 200 and every value a text; what cannot be done is an `error`.
 */
@Controller('nano-rpc')
export class NanoRpcController {
  constructor(
    private readonly feed: NanoFeed,
    @Inject(NANO_SOURCE) private readonly source: NanoSource,
  ) {}

  @Post()
  @HttpCode(200)
  async call(@Body() body: unknown): Promise<object> {
    const request = (body ?? {}) as Readonly<Record<string, unknown>>;
    if (!isRpcAction(request.action)) return { error: 'Unknown command' };
    const act: RpcAction = RPC_ACTIONS[request.action];
    try {
      return await act({ feed: this.feed, chain: this.source.chain }, request);
    } catch (error) {
      if (
        error instanceof WireError ||
        error instanceof NanoChainError ||
        error instanceof BlockRefusedError ||
        error instanceof SyntaxError
      ) {
        return { error: error.message };
      }
      throw error;
    }
  }
}
