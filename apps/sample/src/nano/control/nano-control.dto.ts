import type { BootstrapMode, NanoChainEvents, VoteType, WorkGenerated } from '@sluice/nano';
import type { Confirmation, ForkOptions } from '@sluice/mock-chain/nano';
import { isAccount } from '@sluice/nano/wire';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateBy,
} from 'class-validator';

const CONFIRMATIONS: readonly Confirmation[] = [
  'active_quorum',
  'active_confirmation_height',
  'inactive',
  'open',
  'none',
];
const VOTE_TYPES: readonly VoteType[] = ['vote', 'replay', 'indeterminate', 'ignored', 'late'];
const WINNERS: readonly ForkOptions['winner'][] = ['first', 'second', 'none'];
const OUTCOMES: readonly WorkGenerated['outcome'][] = ['success', 'cancelled', 'failure'];
const MODES: readonly BootstrapMode[] = ['legacy', 'lazy', 'wallet_lazy', 'ascending', 'unknown'];
const EVENT_TYPES: readonly (keyof NanoChainEvents)[] = [
  'block.confirmed',
  'block.unconfirmed',
  'vote.processed',
  'election.started',
  'election.stopped',
  'difficulty.changed',
  'work.generated',
  'telemetry.received',
  'bootstrap.started',
  'bootstrap.exited',
];

const HASH = /^[0-9A-Fa-f]{64}$/;

/** Account text with a good checksum. */
function IsAccount(): PropertyDecorator {
  return ValidateBy({
    name: 'isAccount',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isAccount(value),
      defaultMessage: () => '$property must be an account',
    },
  });
}

/** Raw, as a decimal text or a number that JSON carries exactly. */
function IsAmount(): PropertyDecorator {
  const toBigInt = Transform(({ value }: { value: unknown }) =>
    (typeof value === 'string' && /^\d{1,39}$/.test(value)) || Number.isSafeInteger(value)
      ? BigInt(value as string | number)
      : value,
  );
  const isBigInt = ValidateBy({
    name: 'isAmount',
    validator: {
      validate: (value: unknown) => typeof value === 'bigint' && value >= 0n,
      defaultMessage: () => '$property must be raw in decimal digits',
    },
  });
  return (target, property) => {
    toBigInt(target, property);
    isBigInt(target, property);
  };
}

/** What every action that makes a block may be told. */
class BlockBody {
  /** What becomes of the block; default `active_quorum`. */
  @IsOptional()
  @IsIn(CONFIRMATIONS)
  readonly confirmation?: Confirmation;

  /** A block of the old kind; default false. */
  @IsOptional()
  @IsBoolean()
  readonly legacy?: boolean;
}

/** Body of `send`. */
export class SendBody extends BlockBody {
  @IsOptional()
  @IsAccount()
  readonly from?: string;

  @IsOptional()
  @IsAccount()
  readonly to?: string;

  @IsOptional()
  @IsAmount()
  readonly amount?: bigint;
}

/** Body of `receive`. */
export class ReceiveBody extends BlockBody {
  @IsOptional()
  @IsAccount()
  readonly account?: string;

  /** Hash of the send. */
  @IsOptional()
  @Matches(HASH)
  readonly source?: string;

  /** For the first block of an account. */
  @IsOptional()
  @IsAccount()
  readonly representative?: string;
}

/** Body of `change`. */
export class ChangeBody extends BlockBody {
  @IsOptional()
  @IsAccount()
  readonly account?: string;

  @IsOptional()
  @IsAccount()
  readonly representative?: string;
}

/** Body of `epoch`. */
export class EpochBody {
  @IsOptional()
  @IsIn(CONFIRMATIONS)
  readonly confirmation?: Confirmation;

  @IsOptional()
  @IsAccount()
  readonly account?: string;

  @IsOptional()
  @IsIn([1, 2])
  readonly epoch?: 1 | 2;
}

/** Body of `fork`. */
export class ForkBody {
  @IsOptional()
  @IsAccount()
  readonly account?: string;

  @IsOptional()
  @IsIn(WINNERS)
  readonly winner?: 'first' | 'second' | 'none';
}

/** Body of `process`. */
export class ProcessBody {
  @IsOptional()
  @IsIn(CONFIRMATIONS)
  readonly confirmation?: Confirmation;

  /** A block as the wire has it. */
  @IsObject()
  @Type(() => Object)
  readonly block!: Readonly<Record<string, unknown>>;
}

/** Body of `confirm`, `elect` and `stop`. */
export class HashBody {
  @Matches(HASH)
  readonly hash!: string;
}

/** Body of `vote`. */
export class VoteBody {
  @IsOptional()
  @IsAccount()
  readonly representative?: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(255)
  @Matches(HASH, { each: true })
  readonly hashes!: readonly string[];

  @IsOptional()
  @IsBoolean()
  readonly final?: boolean;

  @IsOptional()
  @IsIn(VOTE_TYPES)
  readonly type?: VoteType;
}

/** Body of `work`. */
export class WorkBody {
  @IsOptional()
  @Matches(HASH)
  readonly hash?: string;

  @IsOptional()
  @IsIn(OUTCOMES)
  readonly outcome?: WorkGenerated['outcome'];
}

/** Body of `difficulty`. */
export class DifficultyBody {
  @IsOptional()
  @IsNumber()
  @Min(1)
  @Max(1_000_000)
  readonly multiplier?: number;
}

/** Body of `bootstrap`. */
export class BootstrapBody {
  @IsOptional()
  @IsString()
  readonly id?: string;

  @IsOptional()
  @IsIn(MODES)
  readonly mode?: BootstrapMode;

  @IsOptional()
  @IsIn(['started', 'exited'])
  readonly reason?: 'started' | 'exited';

  @IsOptional()
  @IsInt()
  @Min(0)
  readonly totalBlocks?: number;

  /** Seconds. */
  @IsOptional()
  @IsInt()
  @Min(0)
  readonly duration?: number;
}

/** Body of `telemetry`. */
export class TelemetryBody {
  @IsOptional()
  @IsInt()
  @Min(0)
  readonly peer?: number;
}

/** Body of `event`. */
export class EventBody {
  @IsIn(EVENT_TYPES)
  readonly type!: keyof NanoChainEvents;

  @IsObject()
  @Type(() => Object)
  readonly data!: Readonly<Record<string, unknown>>;
}
