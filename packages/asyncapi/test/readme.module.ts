import { Module } from '@nestjs/common';
import { AsyncApiModule } from '../src/index.js';
import { SluiceModule } from '@sluice/nestjs';

@Module({ imports: [SluiceModule.forRoot(), AsyncApiModule.forRoot({ title: 'Quotes' })] })
export class AppModule {}
