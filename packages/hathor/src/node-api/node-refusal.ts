/** A request that a node answers with `success: false`, status 200, and a message. */
export class NodeRefusal extends Error {
  override readonly name = 'NodeRefusal';

  /** @param members what else the answer carries. */
  constructor(
    message: string,
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** The refusal of a request without a parameter that is needed. */
export function missing(...names: readonly string[]): NodeRefusal {
  return new NodeRefusal(`Missing parameter: ${names.join(', ')}`);
}
