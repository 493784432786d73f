import { Module } from '@nestjs/common';
import { ReadingsGateway } from './readings.gateway.js';

/** Needs `SluiceModule.forRoot()` in the same application. */
@Module({ providers: [ReadingsGateway] })
export class ReadingsModule {}
