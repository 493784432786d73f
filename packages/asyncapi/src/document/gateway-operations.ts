/** Why messages go over a gateway's endpoint: its commands and topics, and what its contract adds. */
import type { GatewayDescription, OperationContract } from '@sluice/nestjs';
import type { DescribedMessages } from './described-messages.js';

/** An operation, before it is known on which channels. */
export interface GatewayOperation extends Pick<OperationContract, 'summary' | 'description'> {
  readonly action: 'receive' | 'send';
  readonly name: string;
  /** Keys in `components`. */
  readonly messages: readonly string[];
  readonly replies: readonly string[];
}

/** @throws Error if the contract names a command, topic or message that does not exist, or leaves a message out. */
export function gatewayOperations(
  gateway: GatewayDescription,
  messages: DescribedMessages,
): readonly GatewayOperation[] {
  const { commands = {}, topics = {}, sends = {}, receives = {} } = gateway.contract;
  assertKnown(
    gateway,
    'command',
    commands,
    gateway.commands.map(({ name }) => name),
  );
  assertKnown(gateway, 'topic', topics, gateway.topics);

  const operation = (
    action: 'receive' | 'send',
    name: string,
    contract: OperationContract,
    fallback: () => readonly string[],
  ): GatewayOperation => {
    const { summary, description, messages: names, replies = [] } = contract;
    return {
      action,
      name,
      ...(summary !== undefined && { summary }),
      ...(description !== undefined && { description }),
      messages: names === undefined ? fallback() : messages.named(names, name),
      replies: messages.named(replies, name),
    };
  };

  const operations = [
    ...gateway.commands.map(({ name, body }) =>
      operation('receive', name, commands[name] ?? {}, () => [messages.ofCommand(name, body)]),
    ),
    ...Object.entries(receives).map(([name, contract]) =>
      operation('receive', name, contract, () => messages.named([name], name)),
    ),
    ...Object.entries(sends).map(([name, contract]) =>
      operation('send', name, contract, () => messages.named([name], name)),
    ),
    ...gateway.topics.flatMap((name) => {
      const contract = topics[name] ?? {};
      return contract === false
        ? []
        : [operation('send', name, contract, () => [messages.ofTopic(name)])];
    }),
  ];
  if (messages.unused.length > 0) {
    throw new Error(`${gateway.gateway}: nothing sends or receives ${messages.unused.join(', ')}`);
  }
  return operations;
}

function assertKnown(
  { gateway }: GatewayDescription,
  kind: string,
  declared: Readonly<Record<string, unknown>>,
  known: readonly string[],
): void {
  const stray = Object.keys(declared).find((name) => !known.includes(name));
  if (stray !== undefined) throw new Error(`${gateway} has no ${kind} ${stray}`);
}
