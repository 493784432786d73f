import { Module } from '@nestjs/common';
import { SluiceHealthModule } from '@sluice/nestjs/health';
import { SluiceMetricsModule } from '@sluice/nestjs/metrics';

/** `/metrics` and `/health` (docs/operations.md), where `/control` is. */
@Module({ imports: [SluiceMetricsModule.forRoot(), SluiceHealthModule.forRoot()] })
export class OperationsModule {}
