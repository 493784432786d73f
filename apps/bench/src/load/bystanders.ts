import { LoadClient } from './load-client.js';

/** Clients beside those that are measured. */
export interface BystanderOptions {
  readonly url: string;
  readonly clients: number;
  /** Whether they stop reading once they are connected. */
  readonly stalled: boolean;
}

/** Connects clients that look at nothing they get, or do not even read it. */
export async function openBystanders({
  url,
  clients,
  stalled,
}: BystanderOptions): Promise<LoadClient[]> {
  const opened = Array.from({ length: clients }, () => LoadClient.open(url));
  const bystanders = await Promise.all(opened);
  for (const client of bystanders) {
    // A server may well end them for it.
    client.onLost = () => undefined;
    if (stalled) client.stall();
  }
  return bystanders;
}
