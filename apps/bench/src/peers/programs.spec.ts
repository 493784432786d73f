import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findProgram } from './programs.js';

const { PATH } = process.env;
let folders: string[];

beforeEach(() => {
  folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'sluice-bench-')));
  process.env.PATH = folders.join(delimiter);
});

afterEach(() => {
  process.env.PATH = PATH;
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describe('a program', () => {
  it('is the first of its name in the path that can be run', () => {
    const [first, second] = folders.map((folder) => join(folder, 'mosquitto'));
    writeFileSync(first ?? '', '', { mode: 0o644 });
    writeFileSync(second ?? '', '', { mode: 0o755 });
    expect(findProgram('mosquitto')).toBe(second);
  });
});
