import { Module } from '@nestjs/common';
import { BigchaindbModule } from '../src/index.js';
import { SluiceModule } from '@sluice/nestjs';

@Module({
  imports: [
    SluiceModule.forRoot(),
    BigchaindbModule.forRoot({
      wsserver: { host: 'localhost', port: 9985, advertised_host: 'localhost' },
    }),
  ],
})
export class LedgerModule {}
