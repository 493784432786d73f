import type { TransactionOutput } from '@sluice/bigchaindb';
import { Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

const ID = /^[0-9a-f]{64}$/;

/** Body of `block`: how many transactions of each kind it has, in this order. */
export class BlockBody {
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1000)
  readonly create: number = 0;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1000)
  readonly transfer: number = 0;

  /** The asset that is transferred; default: any. */
  @IsOptional()
  @Matches(ID)
  readonly asset?: string;

  /** Elections among validators. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1000)
  readonly elect: number = 0;
}

/** A transaction as a node's web API has it; only the id has to be there. */
class TransactionBody {
  @Matches(ID)
  readonly id!: string;

  @IsOptional()
  @IsString()
  readonly operation?: string;

  @IsOptional()
  @IsObject()
  readonly asset?: object;

  @IsOptional()
  @IsArray()
  readonly outputs?: TransactionOutput[];

  @Allow()
  readonly inputs?: unknown;

  @Allow()
  readonly metadata?: unknown;

  @Allow()
  readonly version?: unknown;
}

/** Body of `event`: a block that no chain has made. */
export class EventBody {
  @IsInt()
  @Min(0)
  readonly height!: number;

  @IsArray()
  @ArrayMaxSize(10_000)
  @ValidateNested({ each: true })
  @Type(() => TransactionBody)
  readonly transactions!: TransactionBody[];
}

/** Body of `text`. */
export class TextBody {
  @IsString()
  readonly text!: string;
}
