import fc from 'fast-check';

/**
 * One seed for every law of a run: the gate draws the same cases for the same code, so that it is red by the change that it
 * judges. `npm run test:laws` draws others.
 */
const SEED = 20_261_121;

fc.configureGlobal({seed: Number(process.env.NOCTURNE_SEED ?? SEED)});
