import { SluiceError } from '@sluice/engine';

/**
 * - `idle`: not started.
 * - `connecting`: an attempt is under way.
 * - `online`: the upstream answers as it should.
 * - `waiting`: the last attempt has ended, the next one comes after a while.
 * - `stopped`: for good.
 */
export type LinkState = 'idle' | 'connecting' | 'online' | 'waiting' | 'stopped';

/** All of them. */
export const LINK_STATES: readonly LinkState[] = [
  'idle',
  'connecting',
  'online',
  'waiting',
  'stopped',
];

const TRANSITIONS: Readonly<Record<LinkState, readonly LinkState[]>> = {
  idle: ['connecting', 'stopped'],
  connecting: ['online', 'waiting', 'stopped'],
  online: ['waiting', 'stopped'],
  waiting: ['connecting', 'stopped'],
  stopped: [],
};

/** @throws SluiceError `INTERNAL` if a link cannot go from one state to the other. */
export function checkTransition(from: LinkState, to: LinkState): void {
  if (TRANSITIONS[from].includes(to)) return;
  throw new SluiceError('INTERNAL', `An upstream link cannot go from ${from} to ${to}`);
}
