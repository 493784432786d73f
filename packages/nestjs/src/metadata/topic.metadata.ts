/** What `@Topic()` writes on a method. */
export interface TopicMetadata {
  readonly name: string;
  /** Names of the events it renders; none: the method returns an Observable of messages. */
  readonly events: readonly string[];
  readonly autoSubscribe: boolean;
}
