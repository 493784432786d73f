import { Module, type DynamicModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { BigchaindbModule, TransactionStreamGateway } from '@sluice/bigchaindb';
import type { SampleConfig } from '../config/sample-config.js';
import type { DialectCard, SampleDialect } from '../dialects/sample-dialect.js';
import type { SamplePlaces } from '../dialects/sample-places.js';
import { BigchaindbControlController } from './bigchaindb-control.controller.js';
import { BigchaindbFeed } from './bigchaindb-feed.js';
import { BigchaindbWebApiController } from './bigchaindb-web-api.controller.js';
import { WebApiListener } from './web-api-listener.js';

@Module({})
class BigchaindbDialectModule {
  static of(config: SampleConfig): DynamicModule {
    return {
      module: BigchaindbDialectModule,
      imports: [bigchaindbModule(config)],
      controllers: [BigchaindbControlController, BigchaindbWebApiController],
      providers: [
        BigchaindbFeed,
        {
          provide: WebApiListener,
          inject: [HttpAdapterHost],
          useFactory: (host: HttpAdapterHost) =>
            new WebApiListener(host, config.address, config.ports.bigchaindb),
        },
      ],
    };
  }
}

/** Of every node, wherever its chain is. */
export function bigchaindbModule(config: SampleConfig): DynamicModule {
  const { ports, extensions } = config;
  const host = streamHost(config);
  return BigchaindbModule.forRoot({
    wsserver: {
      host,
      port: ports.bigchaindbStream,
      advertised_host: host.includes(':') ? `[${host}]` : host,
      advertised_port: 'bound',
    },
    filters: extensions,
    blockStream: extensions,
  });
}

/** The sample's default is the node's, which is a name in the documents and all of loopback on the stream's port. */
function streamHost({ address }: SampleConfig): string {
  return address === '127.0.0.1' ? 'localhost' : address;
}

/** BigchainDB on its mock chain. */
export function bigchaindbDialect(config: SampleConfig): SampleDialect {
  return {
    module: BigchaindbDialectModule.of(config),
    card: (places) => bigchaindbCard(places, config),
  };
}

/** Where BigchainDB's endpoints are, and what to do with them. */
export function bigchaindbCard(places: SamplePlaces, config: SampleConfig): DialectCard {
  const { source, seed } = config;
  const stream = places.of(TransactionStreamGateway, streamHost(config));
  const urls = {
    http: `http://${places.at(places.get(WebApiListener).port)}`,
    ws: `ws://${stream}/api/v1/streams/valid_transactions`,
    control: `http://${places.operators}/control/bigchaindb`,
  };
  const pace =
    source.kind === 'chain' && source.paceMs > 0
      ? `a block every ${String(source.paceMs / 1000)} s`
      : 'blocks by hand';
  const json = "-H 'content-type: application/json' -d";
  return {
    urls,
    sections: [
      {
        title: `BigchainDB · network of seed ${String(seed)}, ${pace}`,
        lines: [
          ['stream', urls.ws],
          ['web API', `${urls.http}/`],
          ['control', urls.control],
        ],
      },
    ],
    examples: [
      `npx wscat -c ${urls.ws}`,
      `curl -X POST ${urls.control}/block ${json} '{"create":2,"transfer":1}'`,
    ],
  };
}
