/** All projects in one run, for `npm test`; a single project is tested with `nx test NAME`. */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runner } from './jest.preset.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const folders = ['packages', 'apps']
  .flatMap((parent) => readdirSync(`${root}${parent}`).map((name) => `${root}${parent}/${name}`))
  .concat(`${root}test`, `${root}docs`)
  .filter((folder) => existsSync(`${folder}/jest.config.mjs`));

const projects = await Promise.all(
  folders.map(async (rootDir) => {
    const { default: config } = await import(`${rootDir}/jest.config.mjs`);
    const ofProject = Object.entries(config).filter(([option]) => !(option in runner));
    return { ...Object.fromEntries(ofProject), rootDir };
  }),
);

export default { ...runner, projects };
