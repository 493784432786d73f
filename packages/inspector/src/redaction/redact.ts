/** Keeps secrets from the page: what is shown on a screen is soon in a screenshot. */

/** What stands for a secret. */
export const REDACTED = '•••';

/** Header and query names, whole or in part. */
const SENSITIVE_NAME =
  /auth|cookie|token|secret|passw|api[_-]?key|session|signature|credential|jwt/i;

/** Members of events, options and messages. In chain data a `token` is an asset and a `signature` public. */
const SENSITIVE_MEMBER =
  /^(?:seed|seed_?words?|words|mnemonic|pass_?phrase|password|pin|private_?key|secret(?:_?key)?|xpriv|authorization|cookie|api_?key|(?:access|refresh|bearer|auth)_?token)$/i;

/** Twelve to twenty-four words of letters, as wallets write their seeds. */
const SEED_WORDS = /^\s*(?:[a-z]{3,8}\s+){11,23}[a-z]{3,8}\s*$/;

/** Whether a member's value is never shown. */
export function isSecret(member: string, value: unknown): boolean {
  if (SENSITIVE_MEMBER.test(member)) return true;
  return typeof value === 'string' && SEED_WORDS.test(value);
}

/** A request target whose query shows no values of sensitive parameters. */
export function redactUrl(url: string): string {
  const start = url.indexOf('?');
  if (start < 0) return url;
  const pairs = url.slice(start + 1).split('&');
  return `${url.slice(0, start)}?${pairs.map(redactPair).join('&')}`;
}

/** Handshake headers without the values of sensitive ones. */
export function redactHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      if (value === undefined) return [];
      if (SENSITIVE_NAME.test(name) || name === 'sec-websocket-key') return [[name, REDACTED]];
      const text = typeof value === 'string' ? value : value.join(', ');
      return [[name, name === 'referer' ? redactUrl(text) : text]];
    }),
  );
}

function redactPair(pair: string): string {
  const [name = ''] = pair.split('=', 1);
  return SENSITIVE_NAME.test(decoded(name)) && pair.includes('=') ? `${name}=${REDACTED}` : pair;
}

/** An escaped name means the same. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
