import type { INestApplication, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { EventLogStore } from '@sluice/engine';
import { EventBus, memoryLog } from '@sluice/engine';
import type { SluiceOptions } from '@sluice/nestjs';
import { SluiceModule } from '@sluice/nestjs';
import type { HathorChain, HathorEventOptions } from '../../src/index.js';
import { HathorEvents, HathorModule } from '../../src/index.js';

/** What an application of a test is made of. */
export interface EventAppOptions {
  readonly log?: EventLogStore;
  readonly chain?: Type<HathorChain>;
  readonly events?: HathorEventOptions;
  readonly sluice?: Omit<SluiceOptions, 'log'>;
  /** Prepares the application before it is initialised. */
  readonly create?: (module: Awaited<ReturnType<typeof compile>>) => INestApplication;
}

/** A running application with an event socket. */
export interface EventApp {
  readonly app: INestApplication;
  readonly bus: EventBus;
  readonly events: HathorEvents;
  /** `http://127.0.0.1:…` */
  readonly http: string;
  /** URL of the event socket. */
  readonly url: string;
}

/** Identity of the server in tests. */
export const IDENTITY = { peerId: 'peer', streamId: 'stream' };

/** Starts an application on a free port of the loopback interface. */
export async function startEventApp(options: EventAppOptions = {}): Promise<EventApp> {
  const module = await compile(options);
  const app = options.create?.(module) ?? module.createNestApplication({ logger: false });
  await app.listen(0, '127.0.0.1');
  const http = await app.getUrl();
  return {
    app,
    bus: app.get(EventBus),
    events: app.get(HathorEvents),
    http,
    url: `${http.replace('http', 'ws')}/v1a/event_ws`,
  };
}

function compile({ log = memoryLog(), chain, events, sluice }: EventAppOptions) {
  return Test.createTestingModule({
    imports: [
      SluiceModule.forRoot({ ...sluice, log }),
      HathorModule.forRoot({
        network: 'unittests',
        events: { ...IDENTITY, ...events },
        ...(chain && { chain }),
      }),
    ],
  })
    .setLogger(SILENT)
    .compile();
}

/** Tests cause faults on purpose. */
const ignore = (): void => undefined;
const SILENT = { log: ignore, error: ignore, warn: ignore };
