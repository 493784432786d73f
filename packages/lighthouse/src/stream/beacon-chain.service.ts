import { Inject, Injectable } from '@nestjs/common';
import { EventBus } from '@sluice/engine';
import type { LighthouseSettings } from '../lighthouse.settings.js';
import { LIGHTHOUSE_SETTINGS } from '../lighthouse.tokens.js';
import type { BlockImported, Finalization, HeadChanged } from '../objects/beacon-events.js';

/** What processing a block, or a batch of blocks, brought. */
export interface Processed {
  /** In chain order. */
  readonly imported: readonly BlockImported[];
  /** Where the head came to stand, if it moved; heads in between are not reported. */
  readonly head?: HeadChanged;
  /** The new finalized checkpoint, if finality advanced. */
  readonly finalization?: Finalization;
}

/** Injectable: publishes what belongs together in the order in which a node sends it (contract 10). */
@Injectable()
export class BeaconChain {
  constructor(
    private readonly bus: EventBus,
    @Inject(LIGHTHOUSE_SETTINGS) private readonly settings: LighthouseSettings,
  ) {}

  /** Publishes imports, then finalization and head; the option `finalization` says which of the two comes first. */
  async processed({ imported, head, finalization }: Processed): Promise<void> {
    const published = imported.map((block) => this.bus.publish('beacon.block-imported', block));
    const publishHead = (): void => {
      if (head !== undefined) published.push(this.bus.publish('beacon.head-changed', head));
    };
    if (this.settings.finalization === 'after-head') publishHead();
    if (finalization !== undefined) {
      published.push(this.bus.publish('beacon.finalization', finalization));
    }
    if (this.settings.finalization === 'before-head') publishHead();
    await Promise.all(published);
  }
}
