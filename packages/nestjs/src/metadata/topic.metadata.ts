/** What `@Topic()` writes on a method. */
export interface TopicMetadata {
  readonly name: string;
  /** Name of the event it renders; undefined: the method returns an Observable of messages. */
  readonly event: string | undefined;
  readonly autoSubscribe: boolean;
}
