import { describe, expect, it } from '@jest/globals';
import { SluiceError } from './errors.js';

describe('SluiceError', () => {
  it('has a name and a code, the cause and the details it was given', () => {
    const cause = new Error('disk');
    const details = { limit: 'groups', value: 5 };
    const error = new SluiceError('LIMIT', 'too many groups', { cause, details });
    expect(String(error)).toBe('SluiceError: too many groups');
    expect(error).toMatchObject({ code: 'LIMIT', details });
    expect(error.cause).toBe(cause);
  });

  it('has no details unless it is given some', () => {
    expect(new SluiceError('STATE', 'not now').details).toEqual({});
    expect(new SluiceError('STATE', 'not now')).not.toHaveProperty('cause');
  });
});

describe('SluiceError.from', () => {
  it('passes an error of the set on as it is', () => {
    const error = new SluiceError('INVALID', 'no such topic');
    expect(SluiceError.from(error)).toBe(error);
  });

  it.each([
    ['an error', new TypeError('x is not a function'), 'x is not a function'],
    ['a text', 'out of order', 'out of order'],
    ['nothing', undefined, 'undefined'],
  ])('takes %s for a fault of our own, and keeps it as the cause', (_, thrown, message) => {
    const error = SluiceError.from(thrown);
    expect(error).toBeInstanceOf(SluiceError);
    expect(error).toMatchObject({ code: 'INTERNAL', message });
    expect(error).toHaveProperty('cause', thrown);
  });
});
