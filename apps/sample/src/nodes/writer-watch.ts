import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { CancelTask, Clock, EventLogStore } from '@sluice/engine';
import { CLOCK, EVENT_LOG_STORE } from '@sluice/nestjs';

const LOOK_MS = 500;

/** Ends a writer that has been replaced, or whose log has failed: started again, it waits for its turn. */
@Injectable()
export class WriterWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(WriterWatch.name);
  private cancel: CancelTask = () => undefined;

  constructor(
    @Inject(EVENT_LOG_STORE) private readonly log: EventLogStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.cancel = this.clock.after(LOOK_MS, () => this.look());
  }

  onModuleDestroy(): void {
    this.cancel();
  }

  private look(): void {
    const { status } = this.log;
    if (status?.state !== 'failed') {
      this.onApplicationBootstrap();
      return;
    }
    this.logger.error(`${status.error?.message ?? 'The log has failed'}: this node ends`);
    process.kill(process.pid, 'SIGTERM');
  }
}
