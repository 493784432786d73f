import type { Generated } from './write-generated.js';

/** What is left to do, a line each. */
export function nextSteps({ files, added }: Generated): readonly string[] {
  const module = files.find((path) => path.endsWith('.module.ts'));
  return [
    ...(added.length > 0
      ? [`Added to package.json: ${added.join(', ')}; npm install has them`]
      : []),
    ...(module === undefined
      ? []
      : [`Next: import the module of ${module}, beside SluiceModule.forRoot() of @sluice/nestjs`]),
  ];
}
