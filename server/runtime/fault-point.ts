import { kill, pid } from 'node:process';

/** Passing the named point for the n-th time ends this process at once, as a power cut would. `faultAt` is `name:n`; without it nothing happens. */
export function createFaultPoint(faultAt: string | undefined, die: () => void = () => kill(pid, 'SIGKILL')): (name: string) => void {
  if (faultAt === undefined) return () => {};
  const cut = faultAt.lastIndexOf(':');
  const fatalName = faultAt.slice(0, cut);
  let left = Number(faultAt.slice(cut + 1));
  return (name) => {
    if (name !== fatalName) return;
    left -= 1;
    if (left === 0) die();
  };
}
