import type { ArgumentsHost } from '@nestjs/common';
import type { Session } from '@sluice/engine';

const sessions = new WeakMap<object, Session>();

/** Remembers a client's session. */
export function bindSession(client: object, session: Session): void {
  sessions.set(client, session);
}

/**
 * The session of a command's context or of a `ws` client, for guards, interceptors and filters that serve other
 * transports too; undefined if there is none.
 */
export function sessionOf(source: ArgumentsHost | object): Session | undefined {
  if (!isArgumentsHost(source)) return sessions.get(source);
  if (source.getType() !== 'ws') return undefined;
  return sessions.get(source.switchToWs().getClient<object>());
}

function isArgumentsHost(source: object): source is ArgumentsHost {
  return 'switchToWs' in source && typeof source.switchToWs === 'function';
}
