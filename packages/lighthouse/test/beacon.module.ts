import { Injectable, Module } from '@nestjs/common';
import { EventBus } from '@sluice/engine';
import { SluiceModule } from '@sluice/nestjs';
import { BeaconChain, LighthouseModule, type SignedBeaconBlock } from '../src/index.js';

@Injectable()
export class BeaconNode {
  constructor(
    private readonly chain: BeaconChain,
    private readonly bus: EventBus,
  ) {}

  /** A block that became the head; its root is computed, and finality goes before the head. */
  async newHead(block: SignedBeaconBlock, root: string, finalizedEpoch: bigint): Promise<void> {
    await this.chain.processed({
      imported: [{ block }],
      finalization: { epoch: finalizedEpoch, root },
      head: {
        reorg: false,
        current_head_beacon_block_root: root,
        previous_head_beacon_block_root: block.message.parent_root,
      },
    });
  }

  async refuse(block: SignedBeaconBlock): Promise<void> {
    const reason = 'Invalid block: ProposalSignatureInvalid';
    await this.bus.publish('beacon.block-rejected', { reason, block });
  }
}

@Module({
  imports: [SluiceModule.forRoot(), LighthouseModule.forRoot()],
  providers: [BeaconNode],
})
export class AppModule {}
