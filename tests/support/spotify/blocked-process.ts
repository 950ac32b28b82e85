import { startWatchdog } from '#jobs/watchdog.ts';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * A process that blocks its event loop for good after its watchdog has seen it alive. With `wait` it stays responsive and prints what its watchdog
 * reports. Arguments: milliseconds the event loop may be blocked, `wait`.
 */
const standstillMs = Number(process.argv[2]);
startWatchdog({ standstillMs, silentMs: () => 0, onStandstill: (error) => void process.stdout.write(`${error.message}\n`) });
await wait(standstillMs);
if (process.argv[3] === 'wait') {
  process.stdout.write('alive\n');
  await wait(60_000);
}
process.stdout.write('blocked\n');
for (;;);
