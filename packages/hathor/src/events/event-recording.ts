import { parseJson, SluiceError, stringifyJson } from '@sluice/engine';

/** Recorded events of one stream, ready to be served again. */
export interface EventRecording {
  /** From the recording where it has them. */
  readonly peerId?: string;
  readonly network?: string;
  readonly streamId?: string;
  /** Id of `events[0]`. */
  readonly firstId: number;
  /** Event objects as JSON text, in id order, without gaps. */
  readonly events: readonly string[];
}

type JsonObject = Readonly<Record<string, unknown>>;
type Identity = Pick<EventRecording, 'peerId' | 'network' | 'streamId'>;

/**
 * Reads a recording: an object with `frames` (or `events`), a JSON array, or JSON lines; of `EVENT` frames or bare event
 * objects, in any order. A frame that was sent twice counts once.
 *
 * @throws SluiceError `INVALID` if it is none of these or holds no event, ids have gaps, one id stands for two events,
 * or frames come from several streams.
 */
export function parseEventRecording(text: string): EventRecording {
  const { header, items } = read(text.replace(/^\uFEFF/, ''));
  const frames = items.filter((item) => isObject(item.event));
  const identity = oneIdentity([header, ...frames].map(identityOf));
  const events = inOrder(items.map((item) => (isObject(item.event) ? item.event : item)));
  return { ...identity, ...events };
}

function read(text: string): {
  readonly header: JsonObject;
  readonly items: readonly JsonObject[];
} {
  const whole = tryParse(text);
  if (whole === undefined) return { header: {}, items: lines(text) };
  if (Array.isArray(whole)) return { header: {}, items: objects(whole) };
  if (!isObject(whole)) throw invalid('it is neither an object nor a list');
  const list = whole.frames ?? whole.events;
  if (Array.isArray(list)) return { header: whole, items: objects(list) };
  return { header: {}, items: [whole] };
}

function lines(text: string): readonly JsonObject[] {
  return objects(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line, index) => {
        const value = tryParse(line);
        if (value === undefined) throw invalid(`line ${index + 1} is not JSON`);
        return value;
      }),
  );
}

function inOrder(events: readonly JsonObject[]): { firstId: number; events: readonly string[] } {
  const byId = new Map<number, string>();
  for (const event of events) {
    const id = event.id;
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) {
      throw invalid(`an event has no id from 0 on: ${stringifyJson(event).slice(0, 120)}`);
    }
    if (typeof event.type !== 'string') throw invalid(`event ${id} has no type`);
    const text = stringifyJson(event);
    if ((byId.get(id) ?? text) !== text) throw invalid(`two different events have the id ${id}`);
    byId.set(id, text);
  }
  const ids = [...byId.keys()].sort((a, b) => a - b);
  const [firstId] = ids;
  if (firstId === undefined) throw invalid('it holds no event');
  const gap = ids.findIndex((id, index) => id !== firstId + index);
  if (gap > 0) throw invalid(`event ${firstId + gap} is missing`);
  return { firstId, events: ids.map((id) => byId.get(id) ?? '') };
}

function identityOf(source: JsonObject): Identity {
  const { peer_id: peerId, network, stream_id: streamId } = source;
  return {
    ...(typeof peerId === 'string' ? { peerId } : {}),
    ...(typeof network === 'string' ? { network } : {}),
    ...(typeof streamId === 'string' ? { streamId } : {}),
  };
}

/** Another node, network or numbering is another sequence (contract 2.1). */
function oneIdentity(identities: readonly Identity[]): Identity {
  const known: Record<string, string> = {};
  for (const identity of identities) {
    for (const [name, value] of Object.entries(identity)) {
      if ((known[name] ??= value) !== value) throw invalid('its frames come from several streams');
    }
  }
  return known;
}

function objects(values: readonly unknown[]): readonly JsonObject[] {
  return values.map((value, index) => {
    if (!isObject(value)) throw invalid(`item ${index} is not an object`);
    return value;
  });
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tryParse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function invalid(reason: string): SluiceError {
  return new SluiceError('INVALID', `The recording cannot be served: ${reason}`);
}
