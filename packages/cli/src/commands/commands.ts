import { tapCommand } from '../tap/tap.command.js';
import type { Command } from './command.js';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [tapCommand];
