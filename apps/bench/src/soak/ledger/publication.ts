/** What one endpoint's clients are told of, by the names of the sample's dialects. */
export type StreamName = 'hathor' | 'nano' | 'lighthouse' | 'bigchaindb' | 'basalt' | 'templates';

/** One message that clients may be owed. */
export interface Publication {
  readonly stream: StreamName;
  /** What a client recognises it by. */
  readonly key: string;
  /** When the application published it, microseconds of the monotonic clock. */
  readonly at: number;
  /** Addresses or accounts that it is about, where clients choose by them. */
  readonly to?: readonly string[];
}
