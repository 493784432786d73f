/** The messages of one gateway, under the names that its operations use. */
import type { JsonSchema } from '@sluice/engine';
import type { CommandBody, GatewayDescription, MessageContract } from '@sluice/nestjs';
import type { AsyncApiMessage } from './asyncapi-document.js';
import { classSchema } from './class-schema.js';
import { componentName } from './component-name.js';
import { renameReferences } from './schema-references.js';

/** Collects what operations name, and says what is wrong with the contract. */
export class DescribedMessages {
  private readonly used = new Map<string, MessageContract>();

  /** @param id short name of the gateway, in front of everything it puts into `components`. */
  constructor(
    private readonly id: string,
    private readonly gateway: GatewayDescription,
  ) {}

  /** Names of the declared messages that no operation uses. */
  get unused(): readonly string[] {
    return Object.keys(this.declared).filter((name) => !this.used.has(name));
  }

  /**
   * Keys, in `components`, of messages that the contract declares.
   *
   * @throws Error if it does not.
   */
  named(names: readonly string[], place: string): readonly string[] {
    return names.map((name) => {
      const message = this.declared[name];
      if (message === undefined) {
        throw new Error(`${this.gateway.gateway}: ${place} names ${name}, which is no message`);
      }
      return this.use(name, message);
    });
  }

  /** Key of the message of a topic of which the contract does not say which messages it has. */
  ofTopic(name: string): string {
    return this.use(name, this.declared[name] ?? {});
  }

  /** Key of the message of a command of which the contract does not say which one it is. */
  ofCommand(name: string, body: CommandBody | undefined): string {
    const declared = this.declared[name];
    return this.use(name, { ...declared, payload: declared?.payload ?? this.request(name, body) });
  }

  /** By key. */
  get components(): Readonly<Record<string, AsyncApiMessage>> {
    return Object.fromEntries(
      Array.from(this.used, ([name, message]) => [this.keyOf(name), this.describe(name, message)]),
    );
  }

  /** The contract's schemas by key. */
  get schemas(): Readonly<Record<string, JsonSchema>> {
    const { schemas = {} } = this.gateway.contract;
    return Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [this.keyOf(name), this.rename(schema)]),
    );
  }

  private get declared(): Readonly<Record<string, MessageContract | undefined>> {
    return this.gateway.contract.messages ?? {};
  }

  private use(name: string, message: MessageContract): string {
    this.used.set(name, message);
    return this.keyOf(name);
  }

  private request(name: string, body: CommandBody | undefined): JsonSchema {
    const { codec } = this.gateway;
    const received = (body && classSchema(body.type)) ?? true;
    const data: JsonSchema =
      body?.member === undefined
        ? received
        : { type: 'object', properties: { [body.member]: received } };
    return codec.requestSchema?.(name, data) ?? data;
  }

  private describe(name: string, message: MessageContract): AsyncApiMessage {
    const { summary, description, payload = true, examples, correlation } = message;
    const schema = typeof payload === 'function' ? (classSchema(payload) ?? true) : payload;
    return {
      name,
      title: name,
      ...(summary !== undefined && { summary }),
      ...(description !== undefined && { description }),
      contentType: 'application/json',
      ...(correlation !== undefined && {
        correlationId: { location: `$message.payload#${correlation}` },
      }),
      // AsyncAPI has no boolean here; an object without a rule says the same as `true`.
      payload: schema === true ? {} : this.rename(schema),
      ...(examples !== undefined && {
        examples: examples.map((example, index) => ({
          name: `${componentName(name)}_${index + 1}`,
          ...example,
        })),
      }),
    };
  }

  private rename(schema: JsonSchema): JsonSchema {
    return renameReferences(schema, (name) => {
      if (this.gateway.contract.schemas?.[name] !== undefined) return this.keyOf(name);
      throw new Error(`${this.gateway.gateway}: there is no schema ${name}`);
    });
  }

  private keyOf(name: string): string {
    return `${this.id}.${componentName(name)}`;
  }
}
