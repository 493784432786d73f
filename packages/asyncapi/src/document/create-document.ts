import type { INestApplicationContext } from '@nestjs/common';
import { GatewayCatalogue, type GatewayDescription } from '@sluice/nestjs';
import type { AsyncApiDocument } from './asyncapi-document.js';
import { componentName } from './component-name.js';
import type { DocumentOptions } from './document.options.js';
import { gatewayPart } from './gateway-part.js';

/**
 * Describes an application's gateways as they are, with their options in force: a channel per path, operations per command
 * and topic. The application has to be initialised; ports that the system chooses are known once it listens.
 *
 * @throws Error if a gateway's contract does not fit the gateway, or two have the same `id`.
 */
export function createAsyncApiDocument(
  app: INestApplicationContext,
  options: DocumentOptions = {},
): AsyncApiDocument {
  return describeGateways(app.get(GatewayCatalogue, { strict: false }).gateways, options);
}

/** @see createAsyncApiDocument */
export function describeGateways(
  all: readonly GatewayDescription[],
  options: DocumentOptions,
): AsyncApiDocument {
  const { title = 'WebSocket API', version = '1.0.0', description, gateways: names } = options;
  const gateways = all.filter(({ gateway }) => names?.includes(gateway) ?? true);
  const parts = gateways.map((gateway) => {
    const host = hostOf(gateway, options);
    const server = componentName(host);
    return {
      servers: { [server]: { host, protocol: gateway.secure ? 'wss' : 'ws' } as const },
      ...gatewayPart(gateway, server),
    };
  });
  return {
    asyncapi: '3.0.0',
    info: {
      title,
      version,
      description: description ?? `Made from the running gateways: ${namesOf(gateways)}.`,
    },
    defaultContentType: 'application/json',
    servers: Object.assign(
      {},
      ...parts.map(({ servers }) => servers),
    ) as AsyncApiDocument['servers'],
    channels: joined(parts.map(({ channels }) => channels)),
    operations: joined(parts.map(({ operations }) => operations)),
    components: {
      messages: joined(parts.map(({ components }) => components.messages)),
      schemas: joined(parts.map(({ components }) => components.schemas)),
    },
  };
}

function namesOf(gateways: readonly GatewayDescription[]): string {
  return gateways.map(({ contract, gateway }) => contract.title ?? gateway).join(', ') || 'none';
}

function hostOf({ address, port }: GatewayDescription, options: DocumentOptions): string {
  const name = options.host ?? address ?? 'localhost';
  const host = name.includes(':') ? `[${name}]` : name;
  return port === undefined ? host : `${host}:${port}`;
}

function joined<T>(records: readonly Readonly<Record<string, T>>[]): Readonly<Record<string, T>> {
  const entries = records.flatMap((record) => Object.entries(record));
  const twice = entries.find(
    ([key], index) => entries.findIndex(([other]) => other === key) < index,
  );
  if (twice !== undefined)
    throw new Error(`${twice[0]} stands for two things; set the contract's id`);
  return Object.fromEntries(entries);
}
