import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { SluiceError } from '@sluice/engine';
import { throwError, timeout, type Observable } from 'rxjs';

/** Answers a command that takes too long with the fault `LIMIT`; what it still does has no effect on the session. */
export class TimeLimit implements NestInterceptor {
  constructor(private readonly ms: number) {}

  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    const tooLong = new SluiceError('LIMIT', 'The command took too long');
    return next.handle().pipe(timeout({ first: this.ms, with: () => throwError(() => tooLong) }));
  }
}
