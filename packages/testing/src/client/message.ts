/** One WebSocket message as it came: a text or a binary one. */
export interface TestMessage {
  /** Unix time of arrival, milliseconds. */
  readonly at: number;
  readonly data: string | Buffer;
}

const SHOWN = 200;

/** One line for a failure message; long ones are cut. */
export function showMessage({ data }: TestMessage): string {
  if (typeof data === 'string') {
    return data.length <= SHOWN
      ? data
      : `${data.slice(0, SHOWN)}… (${String(data.length)} characters)`;
  }
  return `<binary, ${String(data.length)} bytes: ${data.toString('hex', 0, SHOWN / 4)}>`;
}
