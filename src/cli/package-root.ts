import {fileURLToPath} from 'node:url';

/** The folder with `config` and `dist` in it: one up from the bundle, two from this file. */
export const PACKAGE_ROOT = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../' : '../', import.meta.url));
