import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { preview } from './preview.js';
import { redactHeaders, redactUrl } from './redact.js';

const words =
  'abandon ability able about above absent absorb abstract absurd abuse access accident';

describe('what is shown', () => {
  it.each([
    ['/ws', '/ws'],
    ['/ws?symbol=HTR', '/ws?symbol=HTR'],
    ['/ws?token=abc&symbol=HTR', '/ws?token=•••&symbol=HTR'],
    ['/ws?%74oken=abc', '/ws?%74oken=•••'],
    ['/ws?API-KEY=a=b&x', '/ws?API-KEY=•••&x'],
    ['/ws?token', '/ws?token'],
    ['/ws?%=1&jwt=a', '/ws?%=1&jwt=•••'],
  ])('of the request %s is %s', (url, shown) => {
    expect(redactUrl(url)).toBe(shown);
  });

  it('of headers has no credentials', () => {
    expect(
      redactHeaders({
        host: 'localhost',
        authorization: 'Bearer abc',
        cookie: 'sid=1',
        'x-api-key': 'abc',
        'sec-websocket-key': 'abc',
        referer: 'https://site.example/?token=abc',
        'x-list': ['a', 'b'],
        'x-none': undefined,
      }),
    ).toEqual({
      host: 'localhost',
      authorization: '•••',
      cookie: '•••',
      'x-api-key': '•••',
      'sec-websocket-key': '•••',
      referer: 'https://site.example/?token=•••',
      'x-list': 'a, b',
    });
  });

  it('of values has no seeds, wherever they are', () => {
    const value = {
      token: '00',
      seed: 'x',
      wallet: { words: ['a', 'b'], note: words, privateKey: 1 },
      list: [words, { mnemonic: words }],
    };
    expect(preview(value)).toEqual({
      token: '00',
      seed: '•••',
      wallet: { words: '•••', note: '•••', privateKey: '•••' },
      list: ['•••', { mnemonic: '•••' }],
    });
  });

  it('of values keeps numbers and bytes readable', () => {
    expect(preview({ big: 2n ** 70n, bytes: new Uint8Array([1, 255]), nan: NaN })).toEqual({
      big: '1180591620717411303424',
      bytes: '01ff',
      nan: 'NaN',
    });
  });

  it('of values that contain themselves ends', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(JSON.stringify(preview(circle))).toContain('…');
  });

  it('of any value has a JSON form, and of huge ones a small one', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withMap: true, withSet: true }), (value) => {
        expect(() => JSON.stringify(preview(value))).not.toThrow();
      }),
    );
    const huge = Array.from({ length: 100_000 }, (_, index) => ({ index, text: 'x'.repeat(1000) }));
    expect(JSON.stringify(preview(huge)).length).toBeLessThan(300_000);
  });
});
