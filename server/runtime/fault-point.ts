import { kill, pid } from 'node:process';

/** For crash tests: the n-th call with the given name kills this process with SIGKILL. `faultAt` is `name:n`; undefined disables it. */
export function createFaultPoint(faultAt: string | undefined, terminate: () => void = () => kill(pid, 'SIGKILL')): (name: string) => void {
  if (faultAt === undefined) return () => {};
  const separator = faultAt.lastIndexOf(':');
  const fatalName = faultAt.slice(0, separator);
  let remaining = Number(faultAt.slice(separator + 1));
  return (name) => {
    if (name !== fatalName) return;
    remaining -= 1;
    if (remaining === 0) terminate();
  };
}
