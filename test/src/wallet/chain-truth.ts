/** What the node says about addresses over HTTP: what a wallet on it must agree with. */
import { parseJson } from '@sluice/engine';

interface Page {
  readonly success: boolean;
  readonly history: readonly { readonly tx_id: string; readonly is_voided: boolean }[];
  readonly has_more: boolean;
  readonly first_hash: string | null;
  readonly first_address: string | null;
}

interface Balance {
  readonly tokens_data: Readonly<
    Record<string, { readonly received: number | bigint; readonly spent: number | bigint }>
  >;
}

/** Ids of all vertices of some addresses. */
export async function idsOf(http: string, addresses: readonly string[]): Promise<Set<string>> {
  return new Set((await historyOf(http, addresses)).map(({ tx_id }) => tx_id));
}

async function historyOf(
  http: string,
  addresses: readonly string[],
): Promise<readonly Page['history'][number][]> {
  const vertices: Page['history'][number][] = [];
  let left = addresses;
  let hash: string | null = null;
  do {
    const page: Page = await post(`${http}/thin_wallet/address_history`, {
      addresses: left,
      ...(hash !== null && { hash }),
    });
    vertices.push(...page.history);
    const { first_address, first_hash } = page;
    hash = first_hash;
    left = first_address === null ? [] : left.slice(left.indexOf(first_address));
  } while (hash !== null);
  return vertices;
}

/** What is left on some addresses of a token. */
export async function balanceOf(
  http: string,
  addresses: readonly string[],
  token = '00',
): Promise<bigint> {
  let sum = 0n;
  for (const address of addresses) {
    const response = await fetch(`${http}/thin_wallet/address_balance?address=${address}`);
    const { tokens_data } = parseJson(await response.text()) as Balance;
    const { received = 0, spent = 0 } = tokens_data[token] ?? {};
    sum += BigInt(received) - BigInt(spent);
  }
  return sum;
}

/** Whether each vertex of some addresses is voided, by its id. */
export async function voidingOf(
  http: string,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
  const history = await historyOf(http, addresses);
  return new Map(history.map(({ tx_id, is_voided }) => [tx_id, is_voided]));
}

async function post<T>(url: string, body: object): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return parseJson(await response.text()) as T;
}
