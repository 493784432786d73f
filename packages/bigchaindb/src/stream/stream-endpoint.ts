import type { InjectionToken, Provider } from '@nestjs/common';
import type { ChainGatewayOptions, EndpointLimits } from '@sluice/nestjs';
import type { BigchaindbExtras, BigchaindbOptions } from '../bigchaindb.options.js';
import { BIGCHAINDB_EXTRAS, BIGCHAINDB_OPTIONS } from '../bigchaindb.tokens.js';
import { WSSERVER_SETTINGS, type WsserverSettings } from '../wsserver.settings.js';
import { transactionContract } from './stream-contracts.js';
import { streamPortAnswer } from './stream-port-answer.js';

/** Where transactions are streamed (contract 4). */
export const TRANSACTIONS_PATH = '/api/v1/streams/valid_transactions';

/** Where blocks are streamed, if they are (contract 12). */
export const BLOCKS_PATH = '/api/v1/streams/valid_blocks';

/** Options of the streams that are known at run time only. */
export type StreamEndpoint = Pick<
  ChainGatewayOptions,
  'port' | 'address' | 'tls' | 'http' | 'limits' | 'heartbeat'
>;

/** Injects {@link StreamEndpoint}. */
export const STREAM_ENDPOINT: InjectionToken<StreamEndpoint> = Symbol('BIGCHAINDB_STREAM_ENDPOINT');

/** Messages up to 4 MiB are tolerated, however they are cut, though nobody listens; a node counts no connections (contract 5 and 10). */
const LIMITS: EndpointLimits = {
  payloadBytes: 4 * 1024 * 1024,
  fragments: 16_384,
  connectionsPerAddress: Infinity,
};

export const streamEndpoint: Provider<StreamEndpoint> = {
  provide: STREAM_ENDPOINT,
  inject: [BIGCHAINDB_OPTIONS, BIGCHAINDB_EXTRAS, WSSERVER_SETTINGS],
  useFactory: (
    { limits, heartbeat = false, tls }: BigchaindbOptions,
    { blockStream }: Required<BigchaindbExtras>,
    { host, port }: WsserverSettings,
  ): StreamEndpoint => ({
    port,
    address: host,
    ...(tls !== undefined && { tls }),
    http: streamPortAnswer([TRANSACTIONS_PATH, ...(blockStream ? [BLOCKS_PATH] : [])]),
    limits: { ...LIMITS, ...limits },
    heartbeat,
  }),
};

/** Options of the transaction stream that are known at run time only. */
export type TransactionEndpoint = StreamEndpoint & Pick<ChainGatewayOptions, 'contract'>;

/** Injects {@link TransactionEndpoint}. */
export const TRANSACTION_ENDPOINT: InjectionToken<TransactionEndpoint> = Symbol(
  'BIGCHAINDB_TRANSACTION_ENDPOINT',
);

export const transactionEndpoint: Provider<TransactionEndpoint> = {
  provide: TRANSACTION_ENDPOINT,
  inject: [STREAM_ENDPOINT, BIGCHAINDB_OPTIONS],
  useFactory: (
    endpoint: StreamEndpoint,
    { filters = false }: BigchaindbOptions,
  ): TransactionEndpoint => ({ ...endpoint, contract: transactionContract(filters) }),
};

/** What both streams have in common. */
export const STREAM = {
  trailingSlash: false,
  // The node answers every Close frame alike (contract 5).
  closeReply: () => ({ code: 1000 }),
} as const satisfies Partial<ChainGatewayOptions>;
