import type { CloseContract, GatewayDescription } from '@sluice/nestjs';

/** Code that stands for an empty Close frame. */
const EMPTY = 1005;
/** Code that stands for no Close frame. */
const NONE = 1006;

/** How the server ends connections, as a list in CommonMark. */
export function closeCodes({ contract, shutdown, atLimit }: GatewayDescription): string {
  const closes: CloseContract[] = [
    ...(atLimit === undefined
      ? []
      : [{ code: EMPTY, ...atLimit, when: 'more clients than the endpoint takes' }]),
    ...(contract.closes ?? []),
    { code: EMPTY, ...shutdown, when: 'the server shuts down' },
  ];
  return ['Close codes:', '', ...closes.map(line)].join('\n');
}

function line({ code, reason, when }: CloseContract): string {
  return `- ${codeText(code)}${reason === undefined ? '' : ` “${reason}”`}: ${when}`;
}

function codeText(code: number): string {
  if (code === EMPTY) return 'without a code (1005)';
  return code === NONE ? 'without a Close frame (1006)' : String(code);
}
