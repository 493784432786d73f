import { LoadClient } from '../../load/load-client.js';
import { monotonicMicros } from '../../processes/monotonic.js';
import type { LiveEndpoint, Visit } from '../endpoints/live-endpoint.js';
import { LiveLedger } from '../ledger/live-ledger.js';
import type { Random } from '../run/seeded-random.js';
import { lossOf, type ClientCounts, type ClientName, type SoakContext } from './soak-client.js';

/** Whose connection it is. */
export interface ConnectionOwner {
  readonly name: ClientName;
  readonly counts: ClientCounts;
  readonly context: SoakContext;
  readonly random: Random;
}

/** One connection to a live endpoint, from its request to its end. */
export class LiveConnection {
  readonly lost: Promise<'lost'>;
  private answers = 0;

  private constructor(
    readonly socket: LoadClient,
    readonly ledger: LiveLedger,
    private readonly visit: Visit,
    private readonly counts: ClientCounts,
  ) {
    socket.onMessage = (bytes, start, end) => {
      this.take(bytes.toString('utf8', start, end), socket.receivedAt);
    };
    this.lost = lossOf(socket);
    counts.connections++;
    if (visit.answers === 0) ledger.ready(monotonicMicros());
    for (const request of visit.requests) socket.send(request);
  }

  /** @throws Error if the server does not let it in. */
  static async open(
    endpoint: LiveEndpoint,
    { name, counts, context, random }: ConnectionOwner,
  ): Promise<LiveConnection> {
    const visit = endpoint.visit(random);
    const openedAt = monotonicMicros();
    const socket = await LoadClient.open(endpoint.url(context.urls));
    const ledger = new LiveLedger({
      tape: context.tapes[endpoint.stream],
      openedAt,
      wants: visit.wants,
      ...(name.behaviour === 'fast' && {
        onDelivery: (publication, at) => {
          context.delivered(name, publication, at);
        },
      }),
    });
    return new LiveConnection(socket, ledger, visit, counts);
  }

  private take(text: string, at: number): void {
    this.counts.messages++;
    const read = this.visit.read(text);
    if (read === 'other') return;
    if (read !== 'answer') this.ledger.receive(read.key, at, read.mayBeOld);
    else if (++this.answers === this.visit.answers) this.ledger.ready(at);
  }
}
