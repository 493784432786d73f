import { Module } from '@nestjs/common';
import { InspectorModule } from '../src/index.js';
import { SluiceModule } from '@sluice/nestjs';

@Module({ imports: [SluiceModule.forRoot(), InspectorModule.forRoot({ path: '/inspector' })] })
export class AppModule {}
