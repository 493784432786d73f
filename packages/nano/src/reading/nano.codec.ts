import { isUtf8 } from 'node:buffer';
import type { Codec, DecodedCommand } from '@sluice/engine';
import { SluiceError } from '@sluice/engine';
import { nanoRequest } from '../requests/nano-request.js';
import { readTextTree, type TextTree } from './text-tree.js';

/**
 * Requests as the node reads them; text and binary frames are alike. The handlers get a `NanoRequest`; a request without
 * a known action finds no handler. There are no replies: handlers send acknowledgements themselves, so that one is out before
 * the first notification of its subscription.
 */
export const nanoCodec: Codec = {
  decode(payload): readonly DecodedCommand[] {
    if (!isUtf8(payload)) throw new SluiceError('MALFORMED', 'The message is not UTF-8');
    const text = payload.toString('utf8');
    const request = nanoRequest(parse(text));
    return [{ name: request.action, data: request, text }];
  },
  reply: () => undefined,
  encode: (message) => JSON.stringify(message),
};

function parse(text: string): TextTree {
  try {
    return readTextTree(text);
  } catch (cause) {
    throw new SluiceError('MALFORMED', 'The message is not one JSON document', { cause });
  }
}
