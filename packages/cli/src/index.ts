export { Interruption } from './interruption.js';
export { runCli } from './run-cli.js';
export type { RunOptions } from './run-cli.js';
export type { Terminal } from './terminal/terminal.js';
