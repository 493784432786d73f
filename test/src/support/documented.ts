/** The AsyncAPI document of an application, and checks of messages against it. */
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Parser } from '@asyncapi/parser';
import { createAsyncApiDocument, type AsyncApiDocument } from '@sluice/asyncapi';
import { memoryLog } from '@sluice/engine';
import { SluiceModule } from '@sluice/nestjs';
import { Ajv, type ValidateFunction } from 'ajv';

/** Which way a message goes. */
export type Direction = 'send' | 'receive';

/** A document whose schemas can be asked. */
export class Documented {
  private readonly ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictTuples: false,
    allowUnionTypes: true,
  });
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(readonly document: AsyncApiDocument) {
    for (const format of ['uint64', 'int64']) this.ajv.addFormat(format, true);
    this.ajv.addKeyword('components');
  }

  /** The document of an application with one dialect. */
  static async of(...dialects: readonly DynamicModule[]): Promise<Documented> {
    @Module({ imports: [SluiceModule.forRoot({ log: memoryLog() }), ...dialects] })
    class RootModule {}
    const app = await NestFactory.create(RootModule, { logger: false, abortOnError: false });
    try {
      await app.listen(0, '127.0.0.1');
      return new Documented(createAsyncApiDocument(app));
    } finally {
      await app.close();
    }
  }

  /** What AsyncAPI's own parser has to complain about: errors, and warnings but of taste. */
  async complaints(): Promise<readonly string[]> {
    const found = await new Parser().validate(JSON.stringify(this.document));
    return found
      .filter(({ severity }) => Number(severity) <= 1)
      .filter(({ code }) => !TASTE.has(String(code)))
      .map(({ code, message, path }) => `${String(code)} ${path.join('.')}: ${message}`);
  }

  /** Names of the messages that go one way on the channels of a gateway's short name. */
  messages(direction: Direction, gateway: string): readonly string[] {
    const operations = Object.values(this.document.operations).filter(
      ({ channel }) => channel.$ref === `#/channels/${gateway}`,
    );
    const references = operations.flatMap(({ action, messages, reply }) =>
      action === direction ? messages : direction === 'send' ? (reply?.messages ?? []) : [],
    );
    const keys = new Set(references.map(({ $ref }) => $ref.slice($ref.lastIndexOf('/') + 1)));
    return Array.from(keys, (key) => this.document.components.messages[key]?.name ?? key).sort();
  }

  /**
   * Names of the messages of a gateway that a value fits, most specific declared ones only: those whose schema is not
   * "anything".
   */
  kindsOf(direction: Direction, gateway: string, value: unknown): readonly string[] {
    return this.messages(direction, gateway).filter((name) => {
      const entry = this.entry(gateway, name);
      return (
        Object.keys(entry.payload).length > 0 && this.faults(gateway, name, value).length === 0
      );
    });
  }

  /** Why a value is no message of that name. */
  faults(gateway: string, name: string, value: unknown): readonly string[] {
    const key = this.keyOf(gateway, name);
    const known = this.validators.get(key);
    const { payload } = this.entry(gateway, name);
    const { schemas } = this.document.components;
    const validate = known ?? this.ajv.compile({ allOf: [payload], components: { schemas } });
    this.validators.set(key, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message = '', params }) =>
        `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  /** Examples of all messages: whose, which, what. */
  get examples(): readonly (readonly [gateway: string, name: string, payload: unknown])[] {
    return Object.entries(this.document.components.messages).flatMap(
      ([key, { name, examples = [] }]) =>
        examples.map(({ payload }) => [key.slice(0, key.indexOf('.')), name, payload] as const),
    );
  }

  private entry(gateway: string, name: string): AsyncApiDocument['components']['messages'][string] {
    const entry = this.document.components.messages[this.keyOf(gateway, name)];
    if (entry === undefined) throw new Error(`${gateway} has no message ${name}`);
    return entry;
  }

  private keyOf(gateway: string, name: string): string {
    return `${gateway}.${name.replaceAll(/[^\w.-]+/g, '_')}`;
  }
}

/** Rules about the document's form, not its content. */
const TASTE: ReadonlySet<string> = new Set([
  'asyncapi-info-contact',
  'asyncapi-info-license',
  'asyncapi-id',
  'asyncapi-tags',
  'asyncapi3-tags',
  'asyncapi-latest-version',
  'asyncapi-info-description',
]);
