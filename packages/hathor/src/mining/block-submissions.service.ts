import { Inject, Injectable } from '@nestjs/common';
import { SluiceError } from '@sluice/engine';
import { BlockRefusedError } from '../chain/block-refused.error.js';
import type { SubmittedBlock } from '../chain/hathor-mining-chain.js';
import { HathorMiningChain } from '../chain/hathor-mining-chain.js';
import { CodecError } from '../codec/codec-error.js';
import { MAX_MERKLE_PATH_LINKS } from '../codec/limits.js';
import type { Hex32 } from '../events/event-data.js';
import type { HathorOptions } from '../hathor.options.js';
import { HATHOR_OPTIONS } from '../hathor.tokens.js';
import type { Submission } from './submission.js';
import { readSubmission } from './submission.js';

/** Takes blocks of miners to the chain (contract 3.6). */
@Injectable()
export class BlockSubmissions {
  private readonly maxMerklePathLinks: number;

  constructor(
    private readonly chain: HathorMiningChain,
    @Inject(HATHOR_OPTIONS) { mining }: HathorOptions,
  ) {
    this.maxMerklePathLinks = mining?.maxMerklePathLinks ?? MAX_MERKLE_PATH_LINKS;
  }

  /**
   * The block in a submission; undefined if it is a transaction.
   *
   * @throws SluiceError `INVALID`, `details.reason` `shape`, if it is no vertex in hex; says which field and where.
   */
  decode(hexdata: string): Submission | undefined {
    try {
      return readSubmission(hexdata, this.maxMerklePathLinks);
    } catch (cause) {
      if (!(cause instanceof CodecError)) throw cause;
      throw new SluiceError('INVALID', cause.message, { cause, details: { reason: 'shape' } });
    }
  }

  /**
   * Asks the chain to take a block in.
   *
   * @returns the block that was taken in; undefined if it is stale.
   * @throws SluiceError `STATE` if the block is not valid; the message says why.
   */
  async take({ parent, block }: Submission): Promise<SubmittedBlock | undefined> {
    if (parent === undefined) throw refused('The block has no parents');
    if (block instanceof CodecError) {
      if (await this.isBest(parent)) throw refused(block.message, block);
      return undefined;
    }
    try {
      return (await this.chain.submitBlock(block)) === 'accepted' ? block : undefined;
    } catch (cause) {
      // The chain may work with the codec, which throws for weights that no target goes with.
      if (!(cause instanceof BlockRefusedError || cause instanceof CodecError)) throw cause;
      throw refused(cause.message, cause);
    }
  }

  /** The best block is the parent that templates ask for. */
  private async isBest(block: Hex32): Promise<boolean> {
    const templates = await this.chain.templates();
    return templates.some(({ parents }) => parents[0] === block);
  }
}

function refused(message: string, cause?: Error): SluiceError {
  return new SluiceError('STATE', message, { cause });
}
