import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@sluice/engine';
import { CLOCK } from '@sluice/nestjs';
import type { BlockConfirmed } from '../events/block-events.js';
import type { ConfirmationView } from './confirmation-view.js';
import { ConfirmedBlock } from './confirmed-block.js';

/** The confirmation that is being delivered: filter and messages share what has been worked out about it. */
@Injectable()
export class CurrentConfirmation {
  private event: BlockConfirmed | undefined;
  private current: ConfirmationView | undefined;

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Begins with an event: the same object may be published again with other contents.
   *
   * @throws WireError if it says something that the wire cannot carry.
   */
  begin(event: BlockConfirmed): ConfirmationView {
    this.event = this.current = undefined;
    const view = new ConfirmedBlock(event, this.clock.now());
    this.event = event;
    this.current = view;
    return view;
  }

  /** The view of the event that has begun. */
  of(event: BlockConfirmed): ConfirmationView {
    return this.current !== undefined && this.event === event ? this.current : this.begin(event);
  }
}
