import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import type { HathorChainEvents, HathorWalletEvents } from '@sluice/hathor';
import type { PlayableScenarioName } from '@sluice/mock-chain';
import { playableScenarioNames } from '@sluice/mock-chain';

/** What Hathor's sockets tell their clients of. */
export type HathorEventName = keyof HathorChainEvents | keyof HathorWalletEvents;

const EVENT_TYPES: readonly HathorEventName[] = [
  'vertex.accepted',
  'vertex.metadata-changed',
  'vertex.removed',
  'reorg.started',
  'reorg.finished',
  'contract.event',
  'token.created',
  'node.crashed',
  'wallet.output-received',
  'wallet.output-spent',
  'wallet.balance-updated',
  'wallet.history-updated',
  'wallet.keys-generated',
  'wallet.gap-limit',
];

/** Body of `mine`. */
export class MineBody {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly blocks: number = 1;

  /** Who gets the reward; default: the chain's wallet. */
  @IsOptional()
  @IsString()
  readonly address?: string;

  /** The block below; default: the best block. On another one a branch begins, which takes over when it is heavier. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/)
  readonly parent?: string;

  /** A transaction to confirm. If it lost a conflict, the block turns the conflict round. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/)
  readonly confirm?: string;
}

/** Body of `transfer`. */
export class TransferBody {
  /** An address of the chain's network; default: the chain's own wallet. */
  @IsOptional()
  @IsString()
  readonly to?: string;

  /** Atomic units; default: chosen by the chain. */
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly amount?: number;
}

/** Body of `pay`. */
export class PayBody {
  /** An address of the chain's network. */
  @IsString()
  readonly address!: string;

  /** Atomic units. */
  @IsInt()
  @Min(1)
  readonly amount!: number;
}

/** Body of `token`. */
export class TokenBody {
  @IsString()
  @Length(1, 30)
  readonly name!: string;

  @IsString()
  @Length(1, 5)
  readonly symbol!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  readonly amount: number = 1000;
}

/** Body of `double-spend`. */
export class DoubleSpendBody {
  /** Id of a transaction of the chain's or the genesis wallet; default: a new one is made first. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/)
  readonly of?: string;

  /** Same inputs and outputs as the first; default false. */
  @IsOptional()
  @IsBoolean()
  readonly twin: boolean = false;
}

/** Body of `reorg`. */
export class ReorgBody {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  readonly depth: number = 1;

  /** A block outside the best chain, instead of a depth: its branch takes over. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/)
  readonly to?: string;
}

/** Body of `scenario`. */
export class ScenarioBody {
  @IsIn(playableScenarioNames)
  readonly name!: PlayableScenarioName;
}

/** Body of `event`. */
export class EventBody {
  @IsIn(EVENT_TYPES)
  readonly type!: HathorEventName;

  /** Its members are taken from the body's text, see `ExactData`. */
  @IsObject()
  @Type(() => Object)
  readonly data!: object;

  /** How many times; together they are stored in as few batches as possible. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly count: number = 1;
}
