import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FileReserve } from './file-reserve.js';

const MIB = 1024 ** 2;
const PAGE = 4096;
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('FileReserve', () => {
  let directory: string;
  let path: string;
  let used: number;
  let reserve: FileReserve;
  const size = (): number => statSync(path).size;
  const takeTimes = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1)
      await reserve.take({ streams: 1, writes: 1, bytes: 1000 });
  };

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'sluice-log-'));
    path = join(directory, 'data.mdb');
    writeFileSync(path, 'pages');
    used = PAGE;
    reserve = await FileReserve.open({ path, pageSize: PAGE, used: () => used });
  });
  afterEach(async () => {
    await reserve.close();
    rmSync(directory, { recursive: true });
  });

  it('lengthens the file before a transaction, by more than it writes', async () => {
    await reserve.take({ streams: 1, writes: 3, bytes: 5 * MIB });
    expect(size()).toBeGreaterThan(used + 2 * 5 * MIB);
  });

  it('writes what it takes, so that the volume cannot give it to others', async () => {
    await takeTimes(1);
    expect(statSync(path).blocks * 512).toBeGreaterThanOrEqual(size());
  });

  it('lengthens the file only when LMDB has used up what was taken', async () => {
    await takeTimes(1);
    const taken = size();
    await takeTimes(100);
    expect(size()).toBe(taken);
    used = taken;
    await takeTimes(100);
    expect(size()).toBeGreaterThan(used + MIB);
  });

  it('takes more at a time for a larger file', async () => {
    used = 64 * MIB;
    await takeTimes(1);
    expect(size()).toBeGreaterThan(used + 4 * MIB);
  });

  it('leaves alone what is there and what another process adds', async () => {
    await takeTimes(1);
    appendFileSync(path, 'of another process');
    const end = size();
    used = end;
    await reserve.take({ streams: 1, writes: 1, bytes: 2 * MIB });
    const content = readFileSync(path);
    expect(content.subarray(0, 5).toString()).toBe('pages');
    expect(content.subarray(end - 18, end).toString()).toBe('of another process');
  });

  it('lets a log be opened with what transactions have left', async () => {
    await takeTimes(1);
    const before = size();
    used = before - MIB;
    await reserve.takeKept({ streams: 4, writes: 4, bytes: 0 });
    expect(size()).toBe(before);
    await takeTimes(100);
    expect(size()).toBeGreaterThan(before);
  });

  onLinux('tells what the file system refuses', async () => {
    const full = await FileReserve.open({ path: '/dev/full', pageSize: PAGE, used: () => used });
    const taken = full.take({ streams: 1, writes: 1, bytes: 1000 });
    await expect(taken).rejects.toMatchObject({ code: 'ENOSPC' });
    await full.close();
  });
});
