/** Figures as people read them. */

/** `1.42 MH/s`. */
export function rateText(perSecond: number): string {
  const [unit, size] = (
    [
      ['GH/s', 1e9],
      ['MH/s', 1e6],
      ['kH/s', 1e3],
    ] as const
  ).find(([, least]) => perSecond >= least) ?? ['H/s', 1];
  return `${significant(perSecond / size)} ${unit}`;
}

const YEAR = 365.25 * 86_400;
const SPANS = [
  ['years', YEAR],
  ['days', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** Seconds as `3.1 ms`, `12 s`, `5.2 min`, `3.0 h`, `12 days`, `40 years`, `forever`. */
export function durationText(seconds: number): string {
  if (!(seconds < 1e6 * YEAR)) return 'forever';
  const [unit, size] = SPANS.find(([, least]) => seconds >= least) ?? ['ms', 0.001];
  return `${significant(seconds / size)} ${unit}`;
}

/** Atomic units as `1,234.50 HTR`. */
export function amountText(amount: bigint): string {
  const whole = (amount / 100n).toLocaleString('en');
  return `${whole}.${String(amount % 100n).padStart(2, '0')} HTR`;
}

/** A bar of `width` characters, filled in eighths. */
export function bar(fraction: number, width: number): string {
  const eighths = Math.round(Math.min(Math.max(fraction, 0), 1) * width * 8);
  const full = '█'.repeat(Math.floor(eighths / 8));
  const part = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8] ?? '';
  return (full + part).padEnd(width, ' ');
}

function significant(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
