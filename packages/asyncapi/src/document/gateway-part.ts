/** What one gateway adds to a document. */
import type { GatewayDescription } from '@sluice/nestjs';
import type {
  AsyncApiChannel,
  AsyncApiDocument,
  AsyncApiOperation,
  Reference,
} from './asyncapi-document.js';
import { closeCodes } from './close-codes.js';
import { componentName, gatewayName } from './component-name.js';
import { DescribedMessages } from './described-messages.js';
import { gatewayOperations, type GatewayOperation } from './gateway-operations.js';

/** Channels, operations and components. */
export type GatewayPart = Pick<AsyncApiDocument, 'channels' | 'operations' | 'components'>;

/** Version of AsyncAPI's WebSocket binding. */
const BINDING_VERSION = '0.1.0';

/**
 * @param server key in `servers`.
 * @throws Error if the gateway's contract does not fit the gateway.
 */
export function gatewayPart(gateway: GatewayDescription, server: string): GatewayPart {
  const id = gateway.contract.id ?? gatewayName(gateway.gateway);
  const messages = new DescribedMessages(id, gateway);
  const operations = gatewayOperations(gateway, messages);
  const channels = gateway.paths.map((path, index) => {
    const key = index === 0 ? id : componentName(`${id}${path}`);
    const channel = channelOf(gateway, path, server, operations);
    return [key, index === 0 ? channel : { ...channel, 'x-alias-of': toChannel(id) }] as const;
  });
  return {
    channels: Object.fromEntries(channels),
    operations: Object.fromEntries(
      channels.flatMap(([channel]) => operations.map((each) => operationOf(channel, each))),
    ),
    components: { messages: messages.components, schemas: messages.schemas },
  };
}

function channelOf(
  gateway: GatewayDescription,
  path: string,
  server: string,
  operations: readonly GatewayOperation[],
): AsyncApiChannel {
  const { title = gateway.gateway, description, query } = gateway.contract;
  const keys = operations.flatMap(({ messages, replies }) => [...messages, ...replies]);
  const parameters = Array.from(path.matchAll(/:(\w+)/g), ([, name = '']) => name);
  return {
    address: path === '*' ? '/' : path.replaceAll(/:(\w+)/g, '{$1}'),
    title,
    description: [
      description,
      path === '*' ? 'Every path leads here.' : undefined,
      closeCodes(gateway),
    ]
      .filter((text) => text !== undefined)
      .join('\n\n'),
    servers: [{ $ref: `#/servers/${server}` }],
    messages: Object.fromEntries(
      keys.map((key) => [key, { $ref: `#/components/messages/${key}` }]),
    ),
    ...(parameters.length > 0 && {
      parameters: Object.fromEntries(
        parameters.map((name) => [name, { description: `A segment of the path.` }]),
      ),
    }),
    bindings: {
      ws: {
        method: 'GET',
        ...(query !== undefined && { query }),
        bindingVersion: BINDING_VERSION,
      },
    },
    'x-gateway': gateway.gateway,
  };
}

function operationOf(
  channel: string,
  { action, name, summary, description, messages, replies }: GatewayOperation,
): [string, AsyncApiOperation] {
  const toMessage = (key: string): Reference => ({
    $ref: `#/channels/${channel}/messages/${key}`,
  });
  const operation: AsyncApiOperation = {
    action,
    channel: toChannel(channel),
    title: name,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    messages: messages.map(toMessage),
    ...(replies.length > 0 && {
      reply: { channel: toChannel(channel), messages: replies.map(toMessage) },
    }),
  };
  return [`${channel}.${action}.${componentName(name)}`, operation];
}

function toChannel(key: string): Reference {
  return { $ref: `#/channels/${key}` };
}
