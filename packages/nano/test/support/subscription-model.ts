/**
 * What the contract says about subscriptions to `confirmation`, evaluated event by event over plain options, without keys or
 * an index: the model that the real filter must agree with.
 */
import type { BlockConfirmed, ConfirmationType, NanoCompat } from '../../src/index.js';
import { canonicalAccount, encodeAccount } from '../../src/wire/index.js';

/** Options as a client writes them. */
export interface WrittenOptions {
  readonly confirmation_type?: string;
  readonly all_local_accounts?: string | boolean;
  readonly accounts?: readonly string[];
  readonly include_block?: string | boolean;
  readonly accounts_add?: readonly string[];
  readonly accounts_del?: readonly string[];
}

interface Wishes {
  readonly types: readonly ConfirmationType[];
  filtered: boolean;
  readonly accounts: Set<string>;
  readonly local: boolean;
  readonly block: boolean;
}

const ACTIVE: readonly ConfirmationType[] = ['active_quorum', 'active_confirmation_height'];

/** One connection's subscription. */
export class ModelSubscription {
  private wishes: Wishes | 'plain' | undefined;

  constructor(
    private readonly compat: NanoCompat,
    private readonly local: ReadonlySet<string>,
  ) {}

  subscribe(options: WrittenOptions | undefined): void {
    if (options === undefined) {
      this.wishes = 'plain';
      return;
    }
    const local = bool(options.all_local_accounts);
    const blocked = this.compat === 'published' && Object.keys(options).length === 0;
    this.wishes = {
      types: typesOf(options.confirmation_type ?? ''),
      filtered: local !== undefined || options.accounts !== undefined || blocked,
      accounts: new Set(valid(options.accounts ?? [])),
      local: local === true,
      block: bool(options.include_block) ?? true,
    };
  }

  /** @returns whether the update succeeds. */
  update(options: WrittenOptions | undefined): boolean {
    const { wishes } = this;
    if (wishes === undefined || wishes === 'plain' || options === undefined) return false;
    const { accounts_add: add, accounts_del: remove } = options;
    if (add !== undefined || remove !== undefined) wishes.filtered = true;
    for (const account of valid(add ?? [])) wishes.accounts.add(account);
    for (const account of valid(remove ?? [])) wishes.accounts.delete(account);
    return true;
  }

  unsubscribe(): void {
    this.wishes = undefined;
  }

  receives({ account, block, confirmationType }: BlockConfirmed): boolean {
    const { wishes } = this;
    if (wishes === undefined) return false;
    if (wishes === 'plain') return true;
    if (!wishes.types.includes(confirmationType)) return false;
    if (!wishes.filtered) return true;
    if (!wishes.block || block.type !== 'state') return false;
    const sides = [canonicalAccount(account), encodeAccount(block.link as Uint8Array)];
    return sides.some(
      (side) => wishes.accounts.has(side) || (wishes.local && this.local.has(side)),
    );
  }
}

function typesOf(written: string): readonly ConfirmationType[] {
  switch (written.toLowerCase()) {
    case 'active':
      return ACTIVE;
    case 'active_quorum':
      return ['active_quorum'];
    case 'active_confirmation_height':
      return ['active_confirmation_height'];
    case 'inactive':
      return ['inactive'];
    default:
      return [...ACTIVE, 'inactive'];
  }
}

function bool(written: string | boolean | undefined): boolean | undefined {
  if (['true', '1'].includes(String(written))) return true;
  if (['false', '0'].includes(String(written))) return false;
  return undefined;
}

function valid(accounts: readonly string[]): readonly string[] {
  return accounts.flatMap((account) => {
    try {
      return [canonicalAccount(account)];
    } catch {
      return [];
    }
  });
}
