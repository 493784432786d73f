import { asyncapiCommand } from '../asyncapi/asyncapi.command.js';
import { conformCommand } from '../conform/conform.command.js';
import { loadCommand } from '../load/load.command.js';
import { recordCommand } from '../record/record.command.js';
import { replayCommand } from '../replay/replay.command.js';
import { tapCommand } from '../tap/tap.command.js';
import type { Command } from './command.js';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  tapCommand,
  recordCommand,
  replayCommand,
  loadCommand,
  conformCommand,
  asyncapiCommand,
];
