/** The node's own flags for its socket (contract 2), which stand beside the sample's. */
import { WsFlagError, wsAddress, wsPort } from '@sluice/lighthouse';

/** Values of the flags, as they were given. */
export interface LighthouseFlags {
  /** `--ws`. */
  readonly on: boolean;
  /** `--no-ws`, which wins. */
  readonly off: boolean;
  /** `--ws-address`. */
  readonly address: string | undefined;
  /** `--ws-port`. */
  readonly port: string | undefined;
}

/** What the flags say. */
export interface LighthouseSocket {
  readonly enabled: boolean;
  /** Undefined: the sample's own. */
  readonly address: string | undefined;
  /** Undefined: that of `--lighthouse-port`. */
  readonly port: number | 'free' | undefined;
}

/**
 * Understands the flags. The socket is on by default as the published page has it; the last nodes had to be told.
 *
 * @param fault hears, in the node's words, of every value that cannot be used.
 */
export function lighthouseSocket(
  { on, off, address, port }: LighthouseFlags,
  compat: 'published' | 'node',
  fault: (message: string) => void,
): LighthouseSocket {
  const read = <T>(text: string | undefined, parse: (text: string) => T): T | undefined => {
    try {
      return text === undefined ? undefined : parse(text);
    } catch (error) {
      if (!(error instanceof WsFlagError)) throw error;
      fault(error.message);
      return undefined;
    }
  };
  const number = read(port, wsPort);
  return {
    enabled: !off && (on || compat === 'published'),
    address: read(address, wsAddress),
    port: number === 0 ? 'free' : number,
  };
}
