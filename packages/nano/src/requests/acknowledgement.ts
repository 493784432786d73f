/** Answer to an action that succeeded (contract 4.2). */
export interface Acknowledgement {
  readonly ack: 'subscribe' | 'update' | 'unsubscribe' | 'pong';
  /** Unix milliseconds. */
  readonly time: string;
  readonly id?: string;
}

/** @param id as the request has it: an empty one is left out. */
export function acknowledgement(
  ack: Acknowledgement['ack'],
  id: string,
  time: number,
): Acknowledgement {
  return { ack, time: String(time), ...(id === '' ? {} : { id }) };
}
