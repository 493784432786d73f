/** Who watches which accounts: groups of clients watch the same ones, so that an event concerns one group. */
import { encodeAccount } from '@sluice/nano/wire';

export interface NanoParameters {
  readonly subscribers: number;
  readonly accountsEach: number;
  /** Clients that watch an account: those that get an event. */
  readonly receivers: number;
}

/** An account nobody watches. */
export const STRANGER = encodeAccount(Buffer.alloc(32, 0xff));

/** Accounts of a group. */
function groupAccounts(group: number, accountsEach: number): string[] {
  return Array.from({ length: accountsEach }, (_, index) => {
    const key = Buffer.alloc(32);
    key.writeUInt32BE(group * accountsEach + index);
    return encodeAccount(key);
  });
}

/** What each client sends first. */
export function subscribeRequests({
  subscribers,
  accountsEach,
  receivers,
}: NanoParameters): string[] {
  return Array.from({ length: subscribers / receivers }, (_, group) => {
    const options = { accounts: groupAccounts(group, accountsEach) };
    const request = { action: 'subscribe', topic: 'confirmation', ack: true, options };
    return Array<string>(receivers).fill(JSON.stringify(request));
  }).flat();
}

const CONCERNED_GROUPS = 500;

/** @returns a function that picks a watched account for an event, now of this group, now of that. */
export function accountPicker(parameters: NanoParameters): (sequence: number) => string {
  const { subscribers, accountsEach, receivers } = parameters;
  const groups = subscribers / receivers;
  const step = Math.max(1, Math.floor(groups / CONCERNED_GROUPS));
  const picked: string[] = [];
  for (let group = 0; group < groups; group += step) {
    const account = groupAccounts(group, accountsEach)[group % accountsEach];
    if (account !== undefined) picked.push(account);
  }
  return (sequence) => picked[sequence % picked.length] ?? STRANGER;
}
