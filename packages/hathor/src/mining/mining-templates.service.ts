import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@sluice/engine';
import { CLOCK } from '@sluice/nestjs';
import { HathorMiningChain } from '../chain/hathor-mining-chain.js';
import { inTime } from '../chain/in-time.js';
import type { MaybePromise } from '../chain/maybe-promise.js';
import { andThen } from '../chain/maybe-promise.js';
import type { BlockTemplate } from '../codec/block-template.js';
import { SharedQuestion } from './shared-question.js';

/** The chain's templates; however many miners ask at a time, the chain is asked once. */
@Injectable()
export class MiningTemplates {
  private readonly question: SharedQuestion<readonly BlockTemplate[] | undefined>;

  constructor(chain: HathorMiningChain, @Inject(CLOCK) clock: Clock) {
    this.question = new SharedQuestion(() =>
      inTime(
        andThen<boolean, readonly BlockTemplate[] | undefined>(chain.canMine(), (may) =>
          may ? chain.templates() : undefined,
        ),
        clock,
      ),
    );
  }

  /** Templates of the moment; undefined while the node may not mine. */
  current(): MaybePromise<readonly BlockTemplate[] | undefined> {
    return this.question.ask();
  }
}
