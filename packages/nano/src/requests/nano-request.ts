import { readBoolean, readText } from '../reading/read-members.js';
import { memberOf, type TextTree } from '../reading/text-tree.js';

/** A client's request (contract 4.1). An interface, so that no global validation pipe takes it for a DTO. */
export interface NanoRequest {
  /** Empty if there is none. */
  readonly action: string;
  /** Empty if there is none. */
  readonly topic: string;
  /** Whether an acknowledgement is asked for. */
  readonly ack: boolean;
  /** Empty if there is none. */
  readonly id: string;
  /** Present if the name occurs, whatever the value. */
  readonly options: TextTree | undefined;
}

/** The request in a JSON document; every member has a default. */
export function nanoRequest(document: TextTree): NanoRequest {
  return {
    action: readText(document, 'action'),
    topic: readText(document, 'topic'),
    ack: readBoolean(document, 'ack') ?? false,
    id: readText(document, 'id'),
    options: memberOf(document, 'options'),
  };
}
