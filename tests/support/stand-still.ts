import { startWatchdog } from '#jobs/watchdog.ts';
import { setTimeout as wait } from 'node:timers/promises';

/** A process whose event loop is blocked for good once its watchdog has seen it alive. Arguments: milliseconds it may stand still. */
const standstillMs = Number(process.argv[2]);
startWatchdog({ standstillMs, silentMs: () => 0, onStandstill: () => {} });
await wait(standstillMs);
process.stdout.write('blocked\n');
for (;;);
