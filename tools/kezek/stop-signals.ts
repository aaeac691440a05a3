export type Stopping = { readonly signal: AbortSignal; readonly asked: Promise<void> };

/** The first Ctrl-C (or SIGTERM, or a closed terminal) asks to stop in order; no signal ends the process by itself. */
export function stopSignals(): Stopping {
  const controller = new AbortController();
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        controller.abort(new Error('it was told to stop'));
        resolve();
      });
    }
  });
  return { signal: controller.signal, asked };
}
