import { Controller, Get, Headers, Inject, Res, StreamableFile, type Type } from '@nestjs/common';
import { SessionRegistry } from '@sluice/nestjs';
import type { BigchaindbExtras, BigchaindbOptions } from '../bigchaindb.options.js';
import { BIGCHAINDB_EXTRAS, BIGCHAINDB_OPTIONS } from '../bigchaindb.tokens.js';
import { BlockStreamGateway } from '../stream/block-stream.gateway.js';
import { BLOCKS_PATH, TRANSACTIONS_PATH } from '../stream/stream-endpoint.js';
import { TransactionStreamGateway } from '../stream/transaction-stream.gateway.js';
import { WSSERVER_SETTINGS, type WsserverSettings } from '../wsserver.settings.js';
import { apiDocument, rootDocument, type DiscoveryFacts } from './discovery-documents.js';

/** What a controller may do to a response on every HTTP platform. */
interface HeaderResponse {
  header(name: string, value: string): unknown;
}

/** Tells clients where the stream is (contract 3). */
@Controller()
export class DiscoveryController {
  constructor(
    @Inject(BIGCHAINDB_OPTIONS) private readonly options: BigchaindbOptions,
    @Inject(BIGCHAINDB_EXTRAS) private readonly extras: Required<BigchaindbExtras>,
    @Inject(WSSERVER_SETTINGS) private readonly settings: WsserverSettings,
    private readonly registry: SessionRegistry,
  ) {}

  @Get()
  root(
    @Headers('origin') origin: string | undefined,
    @Res({ passthrough: true }) response: HeaderResponse,
  ): StreamableFile {
    return this.answer(rootDocument(this.facts()), origin, response);
  }

  /** With and without a slash at the end; Nest takes one slash off, and Fastify tells the two apart. */
  @Get(['api/v1', 'api/v1//'])
  api(
    @Headers('origin') origin: string | undefined,
    @Res({ passthrough: true }) response: HeaderResponse,
  ): StreamableFile {
    return this.answer(apiDocument('/', this.facts()), origin, response);
  }

  /** As a file, because frameworks add a charset to the type of a text, and a node has none. */
  private answer(document: object, origin = '*', response: HeaderResponse): StreamableFile {
    response.header('Access-Control-Allow-Origin', origin);
    if (origin !== '*') response.header('Vary', 'Origin');
    const body = Buffer.from(`${JSON.stringify(document)}\n`);
    return new StreamableFile(body, { type: 'application/json', length: body.length });
  }

  private facts(): DiscoveryFacts {
    return {
      version: this.options.version ?? '2.2.2',
      streams: this.baseOf(TransactionStreamGateway) + TRANSACTIONS_PATH,
      ...(this.extras.blockStream && {
        streamedblocks: this.baseOf(BlockStreamGateway) + BLOCKS_PATH,
      }),
    };
  }

  /** The port is always written, also where it is the scheme's own. */
  private baseOf({ name }: Type): string {
    const { advertised_scheme, advertised_host, advertised_port } = this.settings;
    const endpoint = this.registry.endpoints.find(({ gateway }) => gateway === name);
    const port = advertised_port === 'bound' ? endpoint?.port : advertised_port;
    return `${advertised_scheme}://${advertised_host}:${String(port)}`;
  }
}
