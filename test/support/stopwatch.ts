/**
 * Milliseconds that the fastest of five runs took: what the code costs, without what else the machine did meanwhile.
 * For bounds on worst input (security rule 35), never for comparing speeds.
 */
export function fastestMs(run: () => void): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const start = process.hrtime.bigint();
    run();
    fastest = Math.min(fastest, Number(process.hrtime.bigint() - start) / 1e6);
  }
  return fastest;
}
