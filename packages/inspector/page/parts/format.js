/** Numbers and times as people read them. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** @param {number} value */
export function count(value) {
  return Math.abs(value) < 10_000 ? whole.format(value) : compact.format(value);
}

/** @param {number} value */
export function rate(value) {
  return value > 0 && value < 10 ? value.toFixed(1) : count(value);
}

/** @param {number} value */
export function decimal(value) {
  return value.toLocaleString('en', { maximumFractionDigits: 2 });
}

/** @param {number} value */
export function bytes(value) {
  let unit = 0;
  let shown = value;
  while (shown >= 1000 && unit < UNITS.length - 1) {
    shown /= 1000;
    unit++;
  }
  return `${shown.toFixed(unit > 0 && shown < 100 ? 1 : 0)} ${UNITS[unit] ?? ''}`;
}

/** @param {number} value milliseconds */
export function milliseconds(value) {
  return value < 10 ? `${value.toFixed(1)} ms` : `${count(value)} ms`;
}

/** @param {number} share */
export function percent(share) {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

/** @param {number} seconds */
export function duration(seconds) {
  const rounded = Math.max(0, Math.round(seconds));
  if (rounded < 60) return `${rounded} s`;
  if (rounded < 3600) return `${Math.floor(rounded / 60)} min`;
  if (rounded < 86_400)
    return `${Math.floor(rounded / 3600)} h ${Math.floor((rounded % 3600) / 60)} min`;
  return `${Math.floor(rounded / 86_400)} d ${Math.floor((rounded % 86_400) / 3600)} h`;
}

/** @param {number} time Unix milliseconds */
export function clock(time) {
  return new Date(time).toLocaleTimeString('en-GB');
}
