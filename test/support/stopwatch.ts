const CELL = new Int32Array(new SharedArrayBuffer(4));

/** Milliseconds of the processor that this thread has had. The kernel adds them up when a thread lets go of it, so that it does. */
function processorMs(): number {
  Atomics.wait(CELL, 0, 0, 1);
  const {user, system} = process.threadCpuUsage();
  return (user + system) / 1000;
}

/**
 * Milliseconds of the processor that the fastest of five runs took: what the code costs, without what else the machine did
 * meanwhile. For bounds on worst input (security rule 35), never for comparing speeds.
 */
export function fastestMs(run: () => void): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const start = processorMs();
    run();
    fastest = Math.min(fastest, processorMs() - start);
  }
  return fastest;
}
