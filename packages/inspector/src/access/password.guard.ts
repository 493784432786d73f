import { createHash, timingSafeEqual } from 'node:crypto';
import type { InspectorGuard } from './inspector-guard.js';

/**
 * Asks for a user name and a password (HTTP Basic). To be used behind TLS only: Basic sends them readable.
 *
 * @throws TypeError if the password has less than 12 characters.
 */
export function passwordGuard(user: string, password: string): InspectorGuard {
  if (password.length < 12) throw new TypeError('The password needs at least 12 characters');
  const expected = digest(`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
  return ({ headers }) =>
    timingSafeEqual(digest(headers.authorization ?? ''), expected) || {
      authenticate: 'Basic realm="Sluice inspector", charset="UTF-8"',
    };
}

/** Of equal length, whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
