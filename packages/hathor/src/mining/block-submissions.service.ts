import { Inject, Injectable } from '@nestjs/common';
import { SluiceError } from '@sluice/engine';
import { BlockRefusedError } from '../chain/block-refused.error.js';
import type { SubmittedBlock } from '../chain/hathor-mining-chain.js';
import { HathorMiningChain } from '../chain/hathor-mining-chain.js';
import { CodecError } from '../codec/codec-error.js';
import { MAX_BLOCK_DATA_SIZE, MAX_MERKLE_PATH_LINKS } from '../codec/limits.js';
import type { HathorOptions } from '../hathor.options.js';
import { HATHOR_OPTIONS } from '../hathor.tokens.js';
import { submittedBlock } from './submitted-block.js';

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
  decode(hexdata: string): SubmittedBlock | undefined {
    try {
      return submittedBlock(hexdata, this.maxMerklePathLinks);
    } catch (cause) {
      if (!(cause instanceof CodecError)) throw cause;
      throw new SluiceError('INVALID', cause.message, { cause, details: { reason: 'shape' } });
    }
  }

  /**
   * Asks the chain to take a block in.
   *
   * @returns false if it is stale.
   * @throws SluiceError `STATE` if the block is not valid; the message says why.
   */
  async take(submitted: SubmittedBlock): Promise<boolean> {
    const { block } = submitted;
    if (block.parents.length === 0) throw refused('The block has no parents');
    if (block.data.length > MAX_BLOCK_DATA_SIZE) {
      if (await this.isStale(submitted)) return false;
      throw refused(`data has ${block.data.length} bytes, limit ${MAX_BLOCK_DATA_SIZE}`);
    }
    try {
      return (await this.chain.submitBlock(submitted)) === 'accepted';
    } catch (cause) {
      if (!(cause instanceof BlockRefusedError)) throw cause;
      throw refused(cause.message, cause);
    }
  }

  /** The best block is the parent that templates ask for. */
  private async isStale({ block }: SubmittedBlock): Promise<boolean> {
    const templates = await this.chain.templates();
    return !templates.some(({ parents }) => parents[0] === block.parents[0]);
  }
}

function refused(message: string, cause?: BlockRefusedError): SluiceError {
  return new SluiceError('STATE', message, { cause });
}
