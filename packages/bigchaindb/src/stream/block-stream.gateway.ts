import { inOrder, sendOnly } from '@sluice/engine';
import { ChainGateway, FlowControl, Topic } from '@sluice/nestjs';
import type { Observable } from 'rxjs';
import type { CommittedBlock } from './committed-block.js';
import { StreamDispatcher } from './stream-dispatcher.js';
import { BLOCK_CONTRACT } from './stream-contracts.js';
import { BLOCKS_PATH, STREAM, STREAM_ENDPOINT } from './stream-endpoint.js';
import { blockFrame } from './stream-frames.js';

/** An extension, off by default: one message per committed block that has transactions (contract 12). */
@ChainGateway({
  path: BLOCKS_PATH,
  codec: sendOnly(blockFrame),
  config: STREAM_ENDPOINT,
  contract: BLOCK_CONTRACT,
  ...STREAM,
})
export class BlockStreamGateway {
  constructor(private readonly dispatcher: StreamDispatcher) {}

  @Topic('valid_blocks', { autoSubscribe: true })
  @FlowControl(inOrder())
  blocks(): Observable<CommittedBlock> {
    return this.dispatcher.blocks$;
  }
}
