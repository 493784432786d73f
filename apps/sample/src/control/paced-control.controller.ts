import { BadRequestException, Body, ConflictException, HttpCode, Post } from '@nestjs/common';
import { IsString } from 'class-validator';
import { parseDuration } from '../config/sample-config.js';

/** What moves by itself until it is told otherwise. */
export interface Paced {
  readonly isPaused: boolean;
  /** Milliseconds between two steps; 0: only by hand. */
  readonly paceMs: number;
  /** @param ms time between two steps; 0: only by hand. */
  setPace(ms: number): void;
  pause(): void;
  resume(): void;
}

/** Body of `pace`. */
export class PaceBody {
  /** Time between two steps: `500ms`, `5s`, `1m`; `0`: only by hand. */
  @IsString()
  readonly pace!: string;
}

/** What every status says of the pace. */
export interface PaceStatus {
  readonly paused: boolean;
  readonly pace_ms: number;
}

/** The control endpoints that every dialect has. */
export abstract class PacedControlController<Status> {
  protected abstract readonly feed: Paced;

  abstract status(): Status;

  @Post('pause')
  @HttpCode(200)
  pause(): Status {
    return this.drive(() => {
      this.feed.pause();
    });
  }

  @Post('resume')
  @HttpCode(200)
  resume(): Status {
    return this.drive(() => {
      this.feed.resume();
    });
  }

  @Post('pace')
  @HttpCode(200)
  pace(@Body() { pace }: PaceBody): Status {
    const ms = parseDuration(pace);
    if (ms === undefined) throw new BadRequestException(`pace cannot be '${pace}'`);
    return this.drive(() => {
      this.feed.setPace(ms);
    });
  }

  protected get paceStatus(): PaceStatus {
    return { paused: this.feed.isPaused, pace_ms: this.feed.paceMs };
  }

  private drive(change: () => void): Status {
    try {
      change();
    } catch (error) {
      throw new ConflictException((error as Error).message);
    }
    return this.status();
  }
}
