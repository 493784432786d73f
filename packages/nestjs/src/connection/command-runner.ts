import type { WsMessageHandler } from '@nestjs/common';
import {
  SluiceError,
  type Codec,
  type Command,
  type Session,
  type SluiceErrorCode,
} from '@sluice/engine';
import { isObservable, Observable, takeUntil } from 'rxjs';
import { CommandCall } from '../faults/command-call.js';
import type { FaultResponder } from '../faults/fault-responder.js';
import type { EndpointCounters } from '../figures/endpoint-counters.js';
import type { Tracing } from '../tracing/tracing.js';

/** A handler's method inside Nest's pipeline, bound to its client. */
export type CommandHandler = (data: unknown, call: CommandCall) => unknown;

/** Handlers by command. */
export type CommandHandlers = ReadonlyMap<unknown, CommandHandler>;

/** The handlers Nest made for one client. */
export function commandHandlers(handlers: readonly WsMessageHandler[]): CommandHandlers {
  return new Map(
    handlers.map(({ message, callback }) => [message, callback as CommandHandler] as const),
  );
}

/** Collaborators of a {@link CommandRunner}. */
export interface CommandRunnerOptions {
  readonly codec: Codec;
  readonly responder: FaultResponder;
  readonly counters: EndpointCounters;
  readonly tracing: Tracing | undefined;
}

/** Runs commands of one session and sends what comes out, be it one result, many, or a fault. */
export class CommandRunner {
  constructor(
    private readonly session: Session,
    private readonly options: CommandRunnerOptions,
    private readonly handlers: CommandHandlers,
  ) {}

  /** Resolves when the command is done: for an Observable, when it completes or the session is gone. Never rejects. */
  run(command: Command): Promise<unknown> {
    const handler = this.handlers.get(command.name);
    if (handler === undefined) {
      const error = new SluiceError('UNKNOWN_COMMAND', `There is no command ${command.name}`);
      this.options.counters.unknownCommand(error.code);
      this.fault(error, command);
      return Promise.resolve();
    }
    const { tracing } = this.options;
    if (tracing === undefined) return this.handle(command, handler);
    const { endpoint } = this.session.info;
    return tracing.command({ endpoint, command: command.name }, () =>
      this.handle(command, handler),
    );
  }

  /** @returns the code of the fault, if there was one. */
  private async handle(
    command: Command,
    handler: CommandHandler,
  ): Promise<SluiceErrorCode | undefined> {
    const { clock } = this.session;
    const startedAt = clock.monotonic();
    const call = new CommandCall(command);
    try {
      const result = await handler(command.data, call);
      if (isObservable(result)) await this.replyEach(result, command);
      else if (call.fault === undefined) this.reply(result, command);
    } catch (error) {
      call.fault ??= SluiceError.from(error);
    }
    if (call.fault !== undefined) this.fault(call.fault, command);
    const ms = clock.monotonic() - startedAt;
    this.options.counters.command(command.name, call.fault?.code, ms);
    return call.fault?.code;
  }

  private reply(result: unknown, command: Command): void {
    const { codec, responder } = this.options;
    responder.send(this.session, codec.reply(result, command));
  }

  private replyEach(results: Observable<unknown>, command: Command): Promise<void> {
    const closed = new Observable<void>((subscriber) =>
      this.session.onClose(() => {
        subscriber.next();
      }),
    );
    return results.pipe(takeUntil(closed)).forEach((result) => {
      this.reply(result, command);
    });
  }

  private fault(error: SluiceError, command: Command): void {
    this.options.responder.fault(this.session, error, command.text, command);
  }
}
