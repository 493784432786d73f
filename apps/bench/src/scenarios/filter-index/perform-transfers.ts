import { setImmediate } from 'node:timers/promises';
import type { MeasuredServer } from '../../server/measured-server.js';
import { transferTexts, type FilterParameters, type Transfer } from './transfers.js';

/** A server without a network that is given one event in each turn of the event loop. */
export function performTransfers(
  parameters: FilterParameters,
  publish: (transfer: Transfer) => void,
): MeasuredServer {
  const texts = transferTexts(parameters);
  return {
    url: '',
    async perform(times) {
      for (let done = 0; done < times; done++) {
        publish(JSON.parse(texts[done % texts.length] ?? '') as Transfer);
        await setImmediate();
      }
    },
  };
}
