import type { BeaconEvents } from '@sluice/lighthouse';
import {
  ATTESTATION_REJECTIONS,
  BLOCK_REJECTIONS,
  type AttestationRejection,
  type BlockRejection,
} from '@sluice/mock-chain/lighthouse';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsObject, IsOptional, Matches, Max, Min } from 'class-validator';

/** Events that can be published by hand. */
const EVENTS = [
  'beacon.head-changed',
  'beacon.finalization',
  'beacon.block-imported',
  'beacon.block-rejected',
  'beacon.attestation-imported',
  'beacon.attestation-rejected',
] as const satisfies readonly (keyof BeaconEvents)[];

/** Body of `slot`. */
export class SlotBody {
  /** How many slots go by, each with a block. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly slots: number = 1;

  /** Whether they go by without blocks. */
  @IsOptional()
  @IsBoolean()
  readonly empty: boolean = false;

  /** The block below; default: the head. On another one a branch begins, which takes over when it has more votes. */
  @IsOptional()
  @Matches(/^0x[0-9a-f]{64}$/)
  readonly parent?: string;

  /** Votes for the block; 0: it comes too late to become the head. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly votes: number = 1;

  /** Aggregates in the block. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(128)
  readonly attestations: number = 2;

  /** Whether the block has other operations, too. */
  @IsOptional()
  @IsBoolean()
  readonly operations: boolean = false;
}

/** Body of `batch`. */
export class BatchBody {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly blocks: number = 2;
}

/** Body of `reorg`. */
export class BeaconReorgBody {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly depth: number = 1;
}

/** Body of `attest`. */
export class AttestBody {
  /** Index of the committee. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(63)
  readonly index: number = 0;
}

/** Body of `reject`. */
export class RejectBody {
  @IsOptional()
  @IsIn(['block', 'attestation'])
  readonly what: 'block' | 'attestation' = 'block';

  @IsOptional()
  @IsIn([...BLOCK_REJECTIONS, ...ATTESTATION_REJECTIONS])
  readonly why?: BlockRejection | AttestationRejection;
}

/** Body of `event`. */
export class BeaconEventBody {
  @IsIn(EVENTS)
  readonly type!: keyof BeaconEvents;

  @IsObject()
  @Type(() => Object)
  readonly data!: never;
}
