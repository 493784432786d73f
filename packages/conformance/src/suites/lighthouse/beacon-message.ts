import type { TestClient } from '@sluice/testing';
import { expectCompact, expectShape, expectThat, readJson } from '../../judging/expect.js';
import type { CheckContext } from '../../runner/check-context.js';
import { beaconShapes, type BeaconEvent } from './beacon-shapes.js';

/** A block as far as checks look into it. */
export interface BeaconBlock {
  readonly message: { readonly slot: number | string; readonly parent_root: string };
}

/** A message as far as checks look into it. */
export interface BeaconMessage {
  readonly event: BeaconEvent;
  readonly data: {
    readonly reorg?: boolean;
    readonly current_head_beacon_block_root?: string;
    readonly previous_head_beacon_block_root?: string;
    readonly block_root?: string;
    readonly block?: BeaconBlock;
    readonly reason?: string;
    readonly root?: string;
    readonly epoch?: number | string;
  };
}

/**
 * Reads a message.
 * @throws Mismatch unless it has exactly the members of contract 8 and 9, in their order, its numbers in one of the styles
 * that the reading allows, as compact JSON.
 */
export function readEvent(context: CheckContext, message: string): BeaconMessage {
  const parsed = readJson<BeaconMessage>(message);
  const styles = beaconShapes(context.compat);
  const known = Object.keys(styles[0] ?? {});
  expectThat(known.includes(parsed.event), `an event out of ${known.join(', ')}`, message);
  const shapes = styles.map((style) => style[parsed.event]);
  const [first] = shapes;
  const fits = shapes.some((shape) => shape(parsed, 'message') === undefined);
  if (!fits && first !== undefined) expectShape(parsed, first, 'message');
  expectCompact(message);
  return parsed;
}

/** Whether a text is a message of this event. */
export function isEvent(name: BeaconEvent): (message: string) => boolean {
  return (message) => message.startsWith(`{"event":"${name}"`);
}

/** The next message of an event, from the driver or by itself. @param action what brings it about. */
export async function awaitEvent(
  context: CheckContext,
  client: TestClient,
  name: BeaconEvent,
  action: string,
  body?: object,
): Promise<string> {
  await context.nudge(action, body);
  const taken = await context.activity(name, (options) => client.until(isEvent(name), options));
  return taken.at(-1) ?? '';
}

/** What an action of the driver brings, up to the next head. */
export async function upToHead(
  context: CheckContext,
  client: TestClient,
  action: string,
  body?: object,
): Promise<readonly BeaconMessage[]> {
  await client.ping();
  await context.drive(action, body);
  const taken = await client.until(isEvent('beacon_head_changed'));
  return taken.map((message) => readEvent(context, message));
}
