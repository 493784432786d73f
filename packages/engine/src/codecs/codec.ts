import type { FaultAction, SluiceError } from '../errors.js';
import type { Session } from '../session/session.js';
import type { JsonSchema } from './json-schema.js';

/** A client's request, taken out of its frame. */
export interface Command {
  /** Name of the handler. */
  readonly name: string;
  /** What the handler gets. */
  readonly data: unknown;
  /** The request's id where the protocol has one; undefined where the request had none. */
  readonly id?: unknown;
  /** The text the command came in, byte for byte. */
  readonly text: string;
}

/** One element of a decoded frame: a command, or why it is none. Batches have several, in order. */
export type DecodedCommand = Command | SluiceError;

/** Between a dialect's frames and commands. */
export interface Codec {
  /** @throws SluiceError `MALFORMED` if the whole frame cannot be decoded. */
  decode(payload: Buffer, binary: boolean): readonly DecodedCommand[];
  /** The wire message for a handler's result; `undefined` if nothing is to be sent. Called for every result. */
  reply(result: unknown, command: Command): unknown;
  /** Text of a wire message. */
  encode(message: unknown): string;
  /**
   * For documents: the schema of a client's message, from the command's name and the schema of what the handler gets.
   * Default: handlers get messages as they are.
   */
  readonly requestSchema?: (command: string, data: JsonSchema) => JsonSchema;
}

/** Where a fault happened. */
export interface FaultContext {
  readonly session: Session;
  /** The command that failed; absent if the frame could not be decoded. */
  readonly command?: Command;
  /** The received text, verbatim; bytes that are not UTF-8 appear as U+FFFD. */
  readonly text: string;
}

/** A dialect's answer to faults, one function for all of them. */
export type FaultMapper = (error: SluiceError, context: FaultContext) => FaultAction;
