import { BadRequestException, Body, Get, HttpCode, Post } from '@nestjs/common';
import { beaconWire, WireError } from '@sluice/lighthouse';
import {
  ATTESTATION_REJECTIONS,
  BLOCK_REJECTIONS,
  ChainRefusedError,
  type BlockSummary,
  type LighthouseMockChain,
} from '@sluice/mock-chain/lighthouse';
import { ControlController } from '../control/control-access.js';
import type { PaceStatus } from '../control/paced-control.controller.js';
import { SteppedControlController } from '../control/stepped-control.controller.js';
import {
  AttestBody,
  BatchBody,
  BeaconEventBody,
  BeaconReorgBody,
  RejectBody,
  SlotBody,
} from './lighthouse-control.dto.js';
import { LighthouseFeed } from './lighthouse-feed.js';

/** Where the chain stands. */
interface BeaconStatus extends PaceStatus {
  readonly slot: number;
  readonly head: BlockSummary;
  readonly finalized: { readonly epoch: number; readonly root: string };
  /** Events published so far. */
  readonly events: number;
}

const WIRE = beaconWire({ numbers: 'plain', blocks: 'phase0', body: 'phase0' });

/** Drives the beacon chain by hand: `POST /control/lighthouse/slot` and so on. */
@ControlController('lighthouse')
export class LighthouseControlController extends SteppedControlController<BeaconStatus> {
  constructor(protected readonly feed: LighthouseFeed) {
    super();
  }

  @Get()
  status(): BeaconStatus {
    const { chain, events } = this.feed;
    return {
      ...this.paceStatus,
      slot: chain.presentSlot,
      head: chain.head,
      finalized: chain.finalized,
      events,
    };
  }

  @Post('slot')
  @HttpCode(200)
  slot(@Body() { slots, empty, parent, ...block }: SlotBody): BeaconStatus {
    return this.perform((chain) => {
      if (empty) chain.skipSlot(slots);
      else {
        for (let slot = 0; slot < slots; slot++) {
          chain.slot({ ...block, ...(parent !== undefined && { parent }) });
        }
      }
    });
  }

  /** What sync does: all blocks are imported, the head moves once. */
  @Post('batch')
  @HttpCode(200)
  batch(@Body() { blocks }: BatchBody): BeaconStatus {
    return this.perform((chain) => chain.importBatch(blocks));
  }

  @Post('reorg')
  @HttpCode(200)
  reorg(@Body() { depth }: BeaconReorgBody): BeaconStatus {
    return this.perform((chain) => chain.reorg(depth));
  }

  /** Goes on to the block that advances finality. */
  @Post('finalise')
  @HttpCode(200)
  finalise(): BeaconStatus {
    return this.perform((chain) => chain.finalise());
  }

  @Post('attest')
  @HttpCode(200)
  attest(@Body() { index }: AttestBody): BeaconStatus {
    return this.perform((chain) => {
      chain.attest(index);
    });
  }

  @Post('reject')
  @HttpCode(200)
  reject(@Body() { what, why }: RejectBody): BeaconStatus {
    return this.perform((chain) => {
      if (what === 'block') chain.rejectBlock(reasonOf(BLOCK_REJECTIONS, why));
      else chain.rejectAttestation(reasonOf(ATTESTATION_REJECTIONS, why));
    });
  }

  /** Publishes an event as it is, whatever the chain says. */
  @Post('event')
  @HttpCode(200)
  async event(@Body() { type, data }: BeaconEventBody): Promise<BeaconStatus> {
    try {
      WIRE[type](data);
    } catch (error) {
      throw new BadRequestException(
        error instanceof WireError ? error.message : 'data is incomplete',
      );
    }
    await this.feed.publish(type, data);
    return this.status();
  }

  private perform(action: (chain: LighthouseMockChain) => unknown): BeaconStatus {
    this.attempt(ChainRefusedError, () => action(this.feed.chain));
    return this.status();
  }
}

function reasonOf<T extends string>(reasons: readonly T[], why: string | undefined): T | undefined {
  const reason = reasons.find((other) => other === why);
  if (why !== undefined && reason === undefined) {
    throw new BadRequestException(`why must be one of ${reasons.join(', ')}`);
  }
  return reason;
}
