import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { CommandCall } from './command-call.js';
import { toSluiceError } from './to-sluice-error.js';

/**
 * Last filter of every chain gateway: notes the fault, which the session then answers as its dialect says. Filters that
 * an application puts on a gateway or a method come first.
 */
@Catch()
export class ChainExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger(ChainExceptionFilter.name);

  catch(exception: unknown, host: ArgumentsHost): void {
    const call: unknown =
      host.getArgByIndex(1) instanceof CommandCall ? host.getArgByIndex(1) : host.getArgByIndex(2);
    if (call instanceof CommandCall) call.fault ??= toSluiceError(exception);
    else this.logger.error(exception);
  }
}
