import { readBoolean, readText } from '../reading/read-members.js';
import { childOf, type TextTree } from '../reading/text-tree.js';

/** A client's request (contract 4.1). */
export class NanoRequest {
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

  constructor(tree: TextTree) {
    this.action = readText(tree, 'action');
    this.topic = readText(tree, 'topic');
    this.ack = readBoolean(tree, 'ack') ?? false;
    this.id = readText(tree, 'id');
    this.options = childOf(tree, 'options');
  }
}
