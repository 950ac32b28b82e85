import { startWatchdog } from '#jobs/watchdog.ts';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * A process whose event loop is blocked for good once its watchdog has seen it alive; or, told to wait, one that goes on and says what its watchdog
 * says. Arguments: milliseconds it may stand still, `wait`.
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
