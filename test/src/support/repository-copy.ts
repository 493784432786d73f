/** A copy of the repository's files with a history of its own, for tools that change the work tree. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

/** How a command in the copy ended. */
export interface CommandEnd {
  readonly code: number;
  /** Without colours. */
  readonly stdout: string;
  readonly stderr: string;
}

export class RepositoryCopy {
  private constructor(readonly folder: string) {}

  /** Tracked files as they are now, in one commit; `node_modules` is the repository's. */
  static async create(): Promise<RepositoryCopy> {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-copy-'));
    const { stdout } = await run('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
      cwd: ROOT,
      maxBuffer: 16 * 1024 * 1024,
    });
    for (const path of new Set(stdout.split('\0').filter(Boolean))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      copyFileSync(join(ROOT, path), join(folder, path));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const copy = new RepositoryCopy(folder);
    await copy.git('init', '--quiet', '--initial-branch=main');
    await copy.git('add', '--all');
    await copy.git('commit', '--quiet', '--message=repo: copied');
    return copy;
  }

  async git(...args: readonly string[]): Promise<string> {
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
    const { stdout } = await run('git', [...author, ...args], { cwd: this.folder });
    return stdout;
  }

  /** Runs a script with plain Node; tools without a daemon, a network or a token. */
  async node(...args: readonly string[]): Promise<CommandEnd> {
    const env = {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_AUTH_TOKEN: '',
      NPM_TOKEN: '',
      NX_DAEMON: 'false',
      NX_NO_CLOUD: 'true',
      NO_COLOR: '1',
      FORCE_COLOR: '0',
      CI: 'true',
    };
    const options = { cwd: this.folder, env, maxBuffer: 16 * 1024 * 1024 };
    return run(process.execPath, [...args], options).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (failure: CommandEnd) => failure,
    );
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
