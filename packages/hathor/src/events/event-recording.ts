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

interface Identity {
  readonly peer_id?: unknown;
  readonly network?: unknown;
  readonly stream_id?: unknown;
}

/**
 * Reads a recording: an object with `frames` (or `events`), a JSON array, or JSON lines; of `EVENT` frames or bare event
 * objects, in any order. A frame that was sent twice counts once.
 *
 * @throws SluiceError `INVALID` if it is none of these, ids have gaps, one id stands for two events, or frames come from
 * several streams.
 */
export function parseEventRecording(text: string): EventRecording {
  const { header, items } = read(text);
  const frames = items.filter((item) => isObject(item.event));
  const identity = { ...identityOf(header), ...identityOf(frames[0] ?? {}) };
  const stranger = frames.find(
    (frame) => identityOf(frame).streamId !== identityOf(frames[0] ?? {}).streamId,
  );
  if (stranger !== undefined) throw invalid('its frames come from several streams');
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
  const firstId = ids[0] ?? 0;
  const gap = ids.findIndex((id, index) => id !== firstId + index);
  if (gap > 0) throw invalid(`event ${firstId + gap} is missing`);
  return { firstId, events: ids.map((id) => byId.get(id) ?? '') };
}

function identityOf(source: Identity): Pick<EventRecording, 'peerId' | 'network' | 'streamId'> {
  return {
    ...(typeof source.peer_id === 'string' ? { peerId: source.peer_id } : {}),
    ...(typeof source.network === 'string' ? { network: source.network } : {}),
    ...(typeof source.stream_id === 'string' ? { streamId: source.stream_id } : {}),
  };
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
