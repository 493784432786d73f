/**
 * What a gateway's messages look like, as data: types do not exist at run time. Nothing of it changes what a gateway does;
 * documents are made of it (`@sluice/asyncapi`).
 */
import type { Type } from '@nestjs/common';
import type { JsonSchema } from '@sluice/engine';

/** A message as it was on the wire. */
export interface MessageExample {
  readonly summary?: string;
  /** Has a JSON form: no bigint. */
  readonly payload: unknown;
}

/** One kind of message. */
export interface MessageContract {
  readonly summary?: string;
  /** CommonMark. */
  readonly description?: string;
  /**
   * JSON Schema of the message, or a class whose properties class-validator checks. References to {@link WireContract.schemas}
   * are `#/components/schemas/NAME`. Default: anything.
   */
  readonly payload?: JsonSchema | Type;
  readonly examples?: readonly MessageExample[];
  /** Member that tells an answer's request, as a JSON pointer: `/id`. Default none. */
  readonly correlation?: string;
}

/** A reason to send or to receive. */
export interface OperationContract {
  readonly summary?: string;
  /** CommonMark. */
  readonly description?: string;
  /**
   * Names in {@link WireContract.messages}. Default for a topic: one of its name. For a command: one of its name, if there is,
   * or what the class of its `@MessageBody()` says.
   */
  readonly messages?: readonly string[];
  /** What a client's message may be answered with: names in {@link WireContract.messages}. Default none. */
  readonly replies?: readonly string[];
}

/** How a connection ends. */
export interface CloseContract {
  /** Of the Close frame; 1005: it is empty, 1006: there is none. */
  readonly code: number;
  /** Text of the Close frame; default none. */
  readonly reason?: string;
  /** When it is sent. */
  readonly when: string;
}

/** Everything that goes over an endpoint, both ways. Each member has a default: nothing. */
export interface WireContract {
  /** Short name in letters and digits, in documents. Default: from the gateway's class. */
  readonly id?: string;
  readonly title?: string;
  /** CommonMark. */
  readonly description?: string;
  /** Query parameters of the upgrade request: JSON Schema of an object. */
  readonly query?: JsonSchema;
  /** Schemas that several messages refer to. */
  readonly schemas?: Readonly<Record<string, JsonSchema>>;
  /** By name, which is the same word that the protocol has for it, if it has one. */
  readonly messages?: Readonly<Record<string, MessageContract>>;
  /** By the name in `@SubscribeMessage()`. */
  readonly commands?: Readonly<Record<string, OperationContract>>;
  /** By the name in `@Topic()`. A topic that is `false` sends nothing with the options in force. */
  readonly topics?: Readonly<Record<string, OperationContract | false>>;
  /** What is sent neither by a topic nor as a reply only, such as a greeting or an error; by a name of choice. */
  readonly sends?: Readonly<Record<string, OperationContract>>;
  /** What is received without being a command, by a name of choice. */
  readonly receives?: Readonly<Record<string, OperationContract>>;
  readonly closes?: readonly CloseContract[];
}
