import type { SluiceError } from '@sluice/engine';
import {
  type Codec,
  type Command,
  type FaultAction,
  type FaultMapper,
  type Session,
} from '@sluice/engine';
import type { EndpointCounters } from '../figures/endpoint-counters.js';
import type { FaultLog } from './fault-log.js';

/** Close code for a fault of our own that cannot even be told. */
export const INTERNAL_CLOSE_CODE = 1011;

/** Collaborators of a {@link FaultResponder}. */
export interface FaultResponderOptions {
  /** For logs. */
  readonly endpoint: string;
  readonly codec: Codec;
  readonly faults: FaultMapper;
  readonly counters: EndpointCounters;
  readonly log: FaultLog;
  /** Time a client that is dropped has to take what waits for it, milliseconds. */
  readonly closeMs: number;
}

/** Answers faults the way an endpoint's dialect says, and sends replies. */
export class FaultResponder {
  constructor(private readonly options: FaultResponderOptions) {}

  /** Sends one wire message. @throws what the codec throws if the message cannot be encoded. */
  send(session: Session, message: unknown): void {
    if (message === undefined) return;
    session.send(message instanceof Uint8Array ? message : this.options.codec.encode(message));
  }

  /** @param command the command that failed; absent if the frame could not be decoded. */
  fault(session: Session, error: SluiceError, text: string, command?: Command): void {
    const { endpoint, counters, log, faults } = this.options;
    counters.faults.add(error.code);
    log.fault(error, command === undefined ? endpoint : `${endpoint} ${command.name}`);
    const context = { session, text, ...(command === undefined ? {} : { command }) };
    try {
      this.act(session, faults(error, context));
    } catch (failure) {
      log.internal(failure, `${endpoint}: the answer to a fault`);
      session.endsFor('fault');
      session.close(INTERNAL_CLOSE_CODE);
    }
  }

  /** A client that does not take what waits for it, or does not let go, is cut. */
  private drop(session: Session): void {
    session.endsFor('fault');
    session.drop();
    session.onClose(
      session.clock.after(this.options.closeMs, () => {
        session.terminate();
      }),
    );
  }

  private act(session: Session, action: FaultAction): void {
    switch (action.action) {
      case 'reply':
        this.send(session, action.message);
        return;
      case 'ignore':
        return;
      case 'close':
        this.send(session, action.message);
        session.endsFor('fault');
        session.close(action.code, action.reason);
        return;
      case 'drop':
        this.drop(session);
    }
  }
}
