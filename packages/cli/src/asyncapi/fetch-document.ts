import { once } from 'node:events';
import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Arguments } from '../arguments/arguments.js';
import { CommandError } from '../commands/command.js';
import { failed } from '../connection/connect-error.js';
import { readTarget } from '../connection/target.js';
import { jsonOf, textAt } from '../dialects/json-member.js';

/**
 * Fetches the document of a running application, as JSON or YAML.
 *
 * @throws CommandError if there is none.
 */
export async function fetchDocument(
  args: Arguments,
  isYaml: boolean,
  signal: AbortSignal,
): Promise<string> {
  const { url, headers, tls, timeoutMs } = readTarget(args);
  const target = new URL(url.href.replace(/^ws/, 'http'));
  target.pathname = documentPath(target.pathname, isYaml);
  const get = target.protocol === 'https:' ? getHttps : getHttp;
  const request = get(target, {
    headers: { ...headers },
    ...tls,
    timeout: timeoutMs,
    // A connection that is kept for later would keep the process, too.
    agent: false,
    signal,
  });
  request.on('timeout', () => request.destroy(new Error('the server takes too long to answer')));
  const [response] = (await once(request, 'response').catch((cause: unknown) => {
    throw failed(target, cause as NodeJS.ErrnoException);
  })) as [IncomingMessage];
  const body = await text(response);
  if (response.statusCode !== 200) {
    throw new CommandError(
      `${target.href} answers ${String(response.statusCode)}; is there an AsyncApiModule at this path?`,
    );
  }
  const isDocument = isYaml ? /^asyncapi:/m.test(body) : textAt(jsonOf(body), 'asyncapi') !== '';
  if (!isDocument) throw new CommandError(`${target.href} is no AsyncAPI document`);
  return body;
}

/** `/asyncapi.json` for no path; the given one with its ending otherwise. */
function documentPath(pathname: string, isYaml: boolean): string {
  if (/\.(json|ya?ml)$/.test(pathname)) return pathname;
  const path = pathname === '/' ? '/asyncapi' : pathname.replace(/\/$/, '');
  return path + (isYaml ? '.yaml' : '.json');
}
