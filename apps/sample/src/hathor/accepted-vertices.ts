import type { EventStream } from '@sluice/engine';

const PAGE = { events: 1000, bytes: 1024 ** 2 };

/** Whether the stream says, from event `from` on, that the vertex was accepted. */
export async function hasAccepted(
  stream: Pick<EventStream, 'head' | 'read'>,
  hash: string,
  from: number,
): Promise<boolean> {
  for (let next = from; next <= stream.head;) {
    const { events } = await stream.read(next, PAGE);
    if (events.some((event) => accepts(Buffer.from(event).toString(), hash))) return true;
    next += events.length;
  }
  return false;
}

function accepts(text: string, hash: string): boolean {
  if (!text.includes(hash)) return false;
  const { type, data } = JSON.parse(text) as { type: string; data: { hash?: string } };
  return type === 'NEW_VERTEX_ACCEPTED' && data.hash === hash;
}
