import { setImmediate } from 'node:timers/promises';
import type { MeasuredServer } from '../../server/measured-server.js';
import { transferTexts, type FilterParameters, type Transfer } from './transfers.js';

/**
 * A server without a network that is given one event in each turn of the event loop.
 *
 * @param publish gets an event and which of the events it is, from 0 to `TRANSFERS`.
 */
export function performTransfers(
  parameters: FilterParameters,
  publish: (transfer: Transfer, number: number) => void,
): MeasuredServer {
  const texts = transferTexts(parameters);
  return {
    url: '',
    async perform(times) {
      for (let done = 0; done < times; done++) {
        const number = done % texts.length;
        publish(JSON.parse(texts[number] ?? '') as Transfer, number);
        await setImmediate();
      }
    },
  };
}
