import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, Max, Min } from 'class-validator';

/** Body of `mine` and `batch`. */
export class BasaltMineBody {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly blocks: number = 1;

  /** Transactions in each block; default: as chance has it. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(4761)
  readonly transactions?: number;
}

/** Body of `reorg`. */
export class BasaltReorgBody {
  /** Blocks that are abandoned; the new branch has one more. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly depth: number = 1;
}

/** Body of `block`. */
export class BasaltBlockBody {
  /**
   * Members of the block; those not given are the newest block's. An integer may be a string of digits, which keeps all of
   * them.
   */
  @IsObject()
  @Type(() => Object)
  readonly block!: Readonly<Record<string, unknown>>;
}
