/** `node --import`: lets a child process of a test run this workspace's TypeScript sources, as jest does. */
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
