import { ConflictException, HttpCode, Post, type Type } from '@nestjs/common';
import { PacedControlController, type Paced } from './paced-control.controller.js';

/** What can also be moved by hand. */
export interface Stepped extends Paced {
  /** The next thing that happens; resolves when it is published. */
  step(): Promise<unknown>;
}

/** The control endpoints of a dialect whose traffic can be moved on step by step. */
export abstract class SteppedControlController<Status> extends PacedControlController<Status> {
  protected abstract override readonly feed: Stepped;

  /** The next step of the traffic. */
  @Post('step')
  @HttpCode(200)
  async step(): Promise<Status> {
    await this.feed.step();
    return this.status();
  }

  /**
   * Does what a chain may refuse.
   *
   * @param refusal what the chain throws then.
   * @throws ConflictException if it does.
   */
  protected attempt<T>(refusal: Type<Error>, action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw error instanceof refusal ? new ConflictException(error.message) : error;
    }
  }
}
