import type { StampPlaces } from '../../load/load-audience.js';

/** A block of the public ledger. Its balance and amount are replaced by the number and the time of an event. */
export const BLOCK = {
  previous: '4E9003ABD469D1F58A70518234016797FA654B494A2627B8583052629A91689E',
  representative: 'nano_3rw4un6ys57hrb39sy1qx8qy5wukst1iiponztrz9qiz6qqa55kxzx4491or',
  link: 'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF',
  signature:
    'D5C332587B1A4DEA35B6F03B0A9BEB45C5BBE582060B0252C313CF411F724787' +
    '21F8E7DA83A779BA5006D571266F32BDE34C1447247F417F8F12101D3ADAF705',
  work: 'c950fc037d61e372',
} as const;

export const HASH = '0E889F83E28152A70E87B92D846CA3D8966F3AEEC65E11B25F7B4E6760C57CA3';

export const CONFIRMATION_STAMP: StampPlaces = { sequence: '"balance":"', at: '"amount":"' };
