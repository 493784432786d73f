import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generatedName } from './generated-name.js';

describe('the name of what is generated', () => {
  it.each([
    'PriceQuotes',
    'priceQuotes',
    'price-quotes',
    'price_quotes',
    'price quotes',
    ' Price  Quotes ',
    'PRICE_QUOTES',
    'price-quotes-gateway',
    'PriceQuotesGateway',
  ])('understands %j', (text) => {
    expect(generatedName(text, 'gateway')).toEqual({
      kebab: 'price-quotes',
      camel: 'priceQuotes',
      pascal: 'PriceQuotes',
      constant: 'PRICE_QUOTES',
    });
  });

  it.each([
    ['HTTPQuotes', 'http-quotes'],
    ['bip39Words', 'bip39-words'],
    ['class', 'class'],
    ['gateway', 'gateway'],
  ])('spells %s as %s', (text, kebab) => {
    expect(generatedName(text, 'gateway').kebab).toBe(kebab);
  });

  it.each([
    ['', 'does not begin with a letter'],
    ['---', 'does not begin with a letter'],
    ['7days', 'does not begin with a letter'],
    ['quotes.gateway', "not 'quotes.gateway'"],
    ['../quotes', "not '../quotes'"],
    ["quotes'", 'letters, digits'],
    ['qüotes', 'letters, digits'],
    ['a'.repeat(61), 'longer than 60'],
  ])('refuses %j', (text, why) => {
    expect(() => generatedName(text, 'gateway')).toThrow(why);
  });

  it('is the same again, whichever of its spellings it is given', () => {
    const word = fc.stringMatching(/^[a-z][a-z]{1,8}$/).filter((each) => each !== 'gateway');
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const name = generatedName(words.join(' '), 'gateway');
        expect(name.pascal).toMatch(/^[A-Z]\w*$/);
        for (const spelling of [name.kebab, name.camel, name.constant]) {
          expect(generatedName(spelling, 'gateway')).toEqual(name);
        }
      }),
    );
  });
});
