/** Writes the reference of every package's public exports, with TypeDoc, into the built site. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application } from 'typedoc';

const root = fileURLToPath(new URL('../..', import.meta.url));
const base = process.env.DOCS_BASE ?? '/';

/** Entry files of all packages, with the names they are imported by. */
const modules = new Map(
  readdirSync(join(root, 'packages')).flatMap((folder) => {
    const { name, exports } = JSON.parse(
      readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'),
    );
    return Object.entries(exports ?? {}).flatMap(([path, conditions]) => {
      const source = conditions['@sluice/source'];
      return source === undefined
        ? []
        : [[join(root, 'packages', folder, source), name + path.slice(1)]];
    });
  }),
);

const app = await Application.bootstrap({
  name: 'Sluice reference',
  entryPoints: [...modules.keys()],
  tsconfig: join(root, 'docs/tsconfig.reference.json'),
  out: join(root, 'docs/dist/reference'),
  readme: 'none',
  titleLink: base,
  navigationLinks: { Documentation: base },
  customCss: join(root, 'docs/site/reference.css'),
  favicon: join(root, 'docs/images/mark.svg'),
  navigation: { includeFolders: false },
  disableSources: true,
  hideGenerator: true,
  excludePrivate: true,
  excludeInternal: true,
  excludeExternals: true,
  githubPages: false,
  // The compiler has its own check; what is not exported is not meant to be seen.
  skipErrorChecking: true,
  validation: { notExported: false },
});

const entryPoints = app.getEntryPoints() ?? [];
for (const entryPoint of entryPoints) {
  entryPoint.displayName = modules.get(entryPoint.sourceFile.fileName);
}
await app.generateOutputs(app.converter.convert(entryPoints));
process.exitCode = app.logger.hasErrors() ? 1 : 0;
