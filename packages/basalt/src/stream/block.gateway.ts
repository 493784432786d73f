import { Inject } from '@nestjs/common';
import { deadline, sendOnly, type Session } from '@sluice/engine';
import { ChainGateway, FlowControl, Topic, type OnSessionOpen } from '@sluice/nestjs';
import type { BasaltSettings } from '../basalt.settings.js';
import { BASALT_SETTINGS } from '../basalt.tokens.js';
import type { BasaltBlock } from '../blocks/basalt-block.js';
import { BasaltBlocks } from '../blocks/basalt-blocks.service.js';
import { blockMessage } from '../blocks/block-message.js';
import { BLOCK_ENDPOINT } from './block-endpoint.js';

/** The block stream: every announced block to every client, and nothing the other way (contract 3 to 9). */
@ChainGateway({
  path: '/ws/blocks',
  caseSensitive: false,
  codec: sendOnly(),
  discardsMessages: true,
  heartbeat: { frame: 'pong', intervalMs: 30_000 },
  atLimit: { code: 1008, reason: 'Too many connections' },
  config: BLOCK_ENDPOINT,
})
export class BlockGateway implements OnSessionOpen {
  constructor(
    private readonly blocks: BasaltBlocks,
    @Inject(BASALT_SETTINGS) private readonly settings: BasaltSettings,
  ) {}

  onSessionOpen(session: Session): void {
    const { latest } = this.blocks;
    if (this.settings.compat === 'node' && latest !== undefined) {
      session.send(blockMessage('current_block', latest));
    }
    // In the same turn: no block can be announced in between, to be missed or to come twice.
    session.subscribe('block');
  }

  @Topic('block', { event: 'basalt.block' })
  @FlowControl(deadline({ afterMs: 5000 }))
  newBlock(block: BasaltBlock): string {
    return blockMessage('new_block', block);
  }
}
