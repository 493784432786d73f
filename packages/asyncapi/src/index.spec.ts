import { expect, it } from '@jest/globals';
import * as api from './index.js';

it('exports exactly this', () => {
  expect(Object.keys(api).sort()).toEqual([
    'AsyncApiModule',
    'createAsyncApiDocument',
    'renderPage',
    'toYaml',
  ]);
});
