import type { ChildProcess } from "node:child_process";

/** Stops a child when this process ends, by itself, by a fault or by a signal. */
export function endWithThisProcess(child: ChildProcess): void {
  const stop = () => child.kill();
  const stopOn = (signal: NodeJS.Signals) => {
    stop();
    // Nobody else listens: the signal does what it would have done.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  process.once("exit", stop);
  for (const signal of signals) process.once(signal, stopOn);
  child.once("exit", () => {
    process.off("exit", stop);
    for (const signal of signals) process.off(signal, stopOn);
  });
}
