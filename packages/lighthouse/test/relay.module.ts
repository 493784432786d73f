import { Module } from '@nestjs/common';
import { SluiceModule } from '@sluice/nestjs';
import { LighthouseModule } from '../src/index.js';
import { BeaconRelayModule } from '../src/relay/index.js';

@Module({
  imports: [
    SluiceModule.forRoot(),
    LighthouseModule.forRoot({ numbers: 'quoted' }),
    BeaconRelayModule.forRoot({ upstreams: ['http://127.0.0.1:5052'] }),
  ],
})
export class RelayModule {}
