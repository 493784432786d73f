/** The sample's CPU miner as its user meets it. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { endMiners, MinerProcess } from './support/miner-process.js';
import { SamplePool } from './support/sample-pool.js';

describe('the CPU miner', () => {
  const samples = new SamplePool();

  afterEach(async () => {
    await endMiners();
    await samples.endAll();
  });

  const miner = (url = '', ...args: readonly string[]) => new MinerProcess(['--url', url, ...args]);

  it('pays the address that it is given, and the first one of the genesis words otherwise', async () => {
    const sample = await samples.start();
    const { mining_ws, http } = sample.urls;
    const balance = async (address: string): Promise<unknown> =>
      (await fetch(`${http}/thin_wallet/address_balance?address=${address}`)).json();
    const received = (amount: number) => ({ tokens_data: { '00': { received: amount } } });

    const address = 'WdmDUMp8KvzhWB7KLgguA2wBiKsh4Ha8eX';
    await miner(mining_ws, '--blocks', '2', '--address', address).ended;
    expect(await balance(address)).toMatchObject(received(2 * 6400));

    const genesis = 'WhgPiMB14nRjg7Lrz3TqprEUPozJU7D6pU';
    const { stdout } = await miner(mining_ws, '--blocks', '1').ended;
    expect(stdout).toContain(`rewards go to ${genesis}, the first address of the genesis words`);
    expect(await balance(genesis)).toMatchObject(received(100_000_000_000 + 6400));
  });

  it('ends in order on Ctrl-C, with what it has to show for its time', async () => {
    const sample = await samples.start();
    const busy = miner(sample.urls.mining_ws, '--weight', '40');
    await busy.said(/^rewards go to/m);
    busy.kill('SIGINT');
    // As under npm, which hands on what the terminal has sent already.
    busy.kill('SIGINT');
    const ended = await busy.ended;
    expect(ended).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(ended.stdout).toMatch(/^0 blocks, 0\.00 HTR in /m);
    const lucky = miner(sample.urls.mining_ws);
    await lucky.said(/^⛏ +1 /m);
    lucky.kill('SIGTERM');
    const end = await lucky.ended;
    expect(end).toMatchObject({ code: 0, signal: null });
    expect(end.stdout).toMatch(/^\d+ blocks?, [\d,.]+ HTR in .+ at .+H\/s$/m);
  });

  it('dials again when the node was away, and goes on', async () => {
    const first = await samples.start();
    const { port } = new URL(first.urls.http);
    const patient = miner(first.urls.mining_ws, '--blocks', '6', '--ahead', '300');
    await patient.said(/^⛏ +1 /m);
    patient.kill('SIGSTOP');
    await first.stop();
    const second = await samples.start(['--hathor-port', port], { data: first.data });
    patient.kill('SIGCONT');
    await patient.said(/trying again in/);
    expect(await patient.ended).toMatchObject({ code: 0 });
    expect((await second.status()).best_block?.height).toBeGreaterThanOrEqual(6);
  });

  it.each([
    ['nothing listens', 'ws://127.0.0.1:1/v1a/mining_ws', /connection refused/],
    ['the URL is mistyped', 'http://127.0.0.1:8080/', /--url cannot be/],
    ['a public wallet would be paid', 'ws://node.example/v1a/mining_ws', /--address is needed/],
  ])('says what is wrong when %s', async (_, url, words) => {
    const { code, stderr } = await miner(url).ended;
    expect(code).not.toBe(0);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('says so when the URL leads to something else', async () => {
    const sample = await samples.start();
    for (const url of [sample.urls.event_ws, sample.urls.ws, `${sample.urls.ws}s`]) {
      const { code, stderr } = await miner(url).ended;
      expect([url, code]).toEqual([url, 1]);
      expect(stderr).toContain('no mining endpoint');
    }
  });

  it.each([
    ['--threads', '0'],
    ['--blocks', 'x'],
    ['--ahead', '301'],
    ['--weight', '1e3'],
    ['--address', 'WdmDUMp8KvzhWB7KLgguA2wBiKsh4Ha8eY'],
    ['--nonsense', '1'],
  ])('refuses %s %s with exit code 2, naming it', async (...flag) => {
    const { code, stderr } = await new MinerProcess(flag).ended;
    expect(code).toBe(2);
    expect(stderr).toContain(flag[0]);
  });
});
