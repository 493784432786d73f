import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { CommandError } from '../commands/command.js';
import { printable } from '../terminal/printable.js';

/** A connection that could not be made, in words that tell what to do. */
export class ConnectError extends CommandError {
  override readonly name = 'ConnectError';
}

/** How much of a refusing server's answer is shown, characters. */
const EXCERPT = 200;

/** The server's HTTP answer to an upgrade that it does not grant. */
export async function refused(url: URL, response: IncomingMessage): Promise<ConnectError> {
  const body = printable((await text(response).catch(() => '')).trim()).slice(0, EXCERPT);
  const status = `${String(response.statusCode)} ${response.statusMessage ?? ''}`.trim();
  const said = body === '' ? '' : `: ${body}`;
  return new ConnectError(
    `${url.href} is not a WebSocket: the server answers ${printable(status)}${said}`,
  );
}

/** A failure of DNS, TCP, TLS or the handshake. */
export function failed(url: URL, cause: NodeJS.ErrnoException): ConnectError {
  return new ConnectError(`cannot connect to ${url.href}: ${reason(url, cause)}`, { cause });
}

function reason(url: URL, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'nobody listens there (ECONNREFUSED)';
    case 'ENOTFOUND':
      return `there is no host ${url.hostname} (ENOTFOUND)`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `the port does not speak TLS; try ws:// (${code})`;
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'CERT_HAS_EXPIRED':
      return `its certificate is not trusted (${code}); --ca FILE says whom to trust, --insecure accepts it`;
    case 'ECONNRESET':
      return 'the server ended the connection during the handshake (ECONNRESET)';
    default:
      return message === '' ? (code ?? 'the connection failed') : message;
  }
}
