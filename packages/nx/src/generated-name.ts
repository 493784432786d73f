import { GeneratorError } from './generator.error.js';

/** A name in the spellings that code has for it. */
export interface GeneratedName {
  /** Files, paths, topics: `price-quotes`. */
  readonly kebab: string;
  /** Functions: `priceQuotes`. */
  readonly camel: string;
  /** Classes: `PriceQuotes`. */
  readonly pascal: string;
  /** Tokens: `PRICE_QUOTES`. */
  readonly constant: string;
}

const LONGEST = 60;

/**
 * Understands `PriceQuotes`, `priceQuotes`, `price_quotes`, `price quotes` and `HTTPQuotes` (`http-quotes`).
 *
 * @param kind what is generated: that word at the end of a name says nothing and is left out.
 * @throws GeneratorError if the name cannot be that of a class.
 */
export function generatedName(text: string, kind: string): GeneratedName {
  if (!/^[\w -]*$/.test(text)) {
    throw new GeneratorError(`A name has letters, digits, hyphens and underscores; not '${text}'`);
  }
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter(Boolean);
  if (words.length > 1 && words.at(-1) === kind) words.pop();
  const kebab = words.join('-');
  if (!/^[a-z]/.test(kebab)) throw new GeneratorError(`'${text}' does not begin with a letter`);
  if (kebab.length > LONGEST) {
    throw new GeneratorError(`'${text}' is longer than ${String(LONGEST)} characters`);
  }
  const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  return { kebab, camel, pascal, constant: words.join('_').toUpperCase() };
}
