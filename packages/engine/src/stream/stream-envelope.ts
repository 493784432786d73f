/** What stands around a stored event in a message. The event's bytes are copied, never encoded again. */
export interface StreamEnvelope {
  /** Text before the event. */
  readonly before: string;
  /** Text after the event. @param latest id of the newest event at the moment of sending. */
  after(latest: number): string;
}
