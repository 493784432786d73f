import type { FlowMessage, FlowOutlet, FlowPolicy, SessionFlowControl } from '@sluice/engine';
import { disconnectSlow } from '@sluice/engine';
import type { ConfirmationRecord } from '../confirmation/confirmation-record.js';
import { SLOW_CLIENTS } from '../topics/slow-clients.js';
import type { ResumedConfirmations } from './resumed-confirmations.js';

const slow = disconnectSlow(SLOW_CLIENTS);

/** Confirmations of an ordinary subscription go the way of all topics; a resumed one takes them at its client's pace. */
export const confirmationFlow: SessionFlowControl = {
  scope: 'session',
  create: (outlet) => new ConfirmationFlow(outlet),
};

class ConfirmationFlow implements FlowPolicy {
  private readonly ordinary: FlowPolicy;

  constructor(private readonly outlet: FlowOutlet) {
    this.ordinary = slow.create(outlet);
  }

  get held(): FlowPolicy['held'] {
    return this.ordinary.held;
  }

  offer(message: FlowMessage): void {
    const { resumed } = this;
    if (resumed === undefined) this.ordinary.offer(message);
    else resumed.offer(message.frame);
  }

  drained(): void {
    this.ordinary.drained();
    this.resumed?.drained();
  }

  end(): void {
    this.ordinary.end();
    this.resumed?.end();
  }

  private get resumed(): ResumedConfirmations | undefined {
    return (this.outlet.options as ConfirmationRecord).resumed;
  }
}
