/** The parts of an AsyncAPI 3 document that are written here. */
import type { JsonSchema } from '@sluice/engine';

/** Points to another part of the document: `#/components/…`. */
export interface Reference {
  readonly $ref: string;
}

/** Where endpoints listen. */
export interface AsyncApiServer {
  /** Host and port. */
  readonly host: string;
  readonly protocol: 'ws' | 'wss';
}

/** One path of one gateway. */
export interface AsyncApiChannel {
  readonly address: string;
  readonly title: string;
  readonly description: string;
  readonly servers: readonly Reference[];
  readonly messages: Readonly<Record<string, Reference>>;
  readonly parameters?: Readonly<Record<string, { readonly description: string }>>;
  readonly bindings: {
    readonly ws: {
      readonly method: 'GET';
      readonly query?: JsonSchema;
      readonly bindingVersion: string;
    };
  };
  /** Class name of the gateway. */
  readonly 'x-gateway': string;
  /** The channel with everything that is said about the same gateway; only on its further paths. */
  readonly 'x-alias-of'?: Reference;
}

/** Something that the server receives or sends. */
export interface AsyncApiOperation {
  readonly action: 'receive' | 'send';
  readonly channel: Reference;
  readonly title: string;
  readonly summary?: string;
  readonly description?: string;
  readonly messages: readonly Reference[];
  readonly reply?: { readonly channel: Reference; readonly messages: readonly Reference[] };
}

/** One kind of message. */
export interface AsyncApiMessage {
  readonly name: string;
  readonly title: string;
  readonly summary?: string;
  readonly description?: string;
  readonly contentType: 'application/json';
  readonly correlationId?: { readonly location: string };
  readonly payload: JsonSchema;
  readonly examples?: readonly {
    readonly name: string;
    readonly summary?: string;
    readonly payload: unknown;
  }[];
}

/** An AsyncAPI 3 document: plain data with a JSON form. */
export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0';
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
  };
  readonly defaultContentType: 'application/json';
  readonly servers: Readonly<Record<string, AsyncApiServer>>;
  readonly channels: Readonly<Record<string, AsyncApiChannel>>;
  readonly operations: Readonly<Record<string, AsyncApiOperation>>;
  readonly components: {
    readonly messages: Readonly<Record<string, AsyncApiMessage>>;
    readonly schemas: Readonly<Record<string, JsonSchema>>;
  };
}
