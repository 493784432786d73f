import { Logger } from '@nestjs/common';
import type { Clock, SluiceError } from '@sluice/engine';
import { LineAllowance } from './line-allowance.js';

/** Lines a minute: of our own faults, with a stack trace each, and of clients' faults. */
const OWN_LINES = 10;
const CLIENT_LINES = 100;

/** Longest line that tells of a client's fault, characters: much of it is the client's own words. */
const CLIENT_LINE_LENGTH = 300;

/**
 * For faults that clients or events can repeat at will. Writes faults down without becoming a lever for clients: their own faults are debug lines, ours are error lines, both
 * never more than so many a minute, followed by one line that says how many were left out.
 */
export class FaultLog {
  private readonly logger: Logger;
  private readonly own: LineAllowance;
  private readonly clients: LineAllowance;

  constructor(context: string, clock: Clock) {
    const logger = (this.logger = new Logger(context));
    this.own = new LineAllowance(OWN_LINES, clock, (omitted) => {
      logger.error(`${String(omitted)} more faults were not written`);
    });
    this.clients = new LineAllowance(CLIENT_LINES, clock, (omitted) => {
      logger.debug(`${String(omitted)} more faults of clients were not written`);
    });
  }

  /** A fault of a command. */
  fault(error: SluiceError, what: string): void {
    if (error.code === 'INTERNAL') this.internal(error.cause ?? error, what);
    else this.client(`${what}: ${error.code} ${error.message}`);
  }

  /** Something a client did. */
  client(message: string): void {
    if (this.clients.take()) this.logger.debug(oneLine(message));
  }

  /** Something that is our own fault. */
  internal(error: unknown, what: string): void {
    if (!this.own.take()) return;
    const message = error instanceof Error ? error.message : String(error);
    this.logger.error(`${what}: ${message}`, error instanceof Error ? error.stack : undefined);
  }
}

/** Without line breaks and escape sequences, with which a client could forge lines of others. */
function oneLine(message: string): string {
  const start = message.slice(0, CLIENT_LINE_LENGTH).replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '\uFFFD');
  return message.length > CLIENT_LINE_LENGTH ? `${start}…` : start;
}
