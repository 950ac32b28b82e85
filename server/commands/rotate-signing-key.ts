import { SYSTEM } from '#server/actor.ts';
import { openCommandDatabase } from '#server/commands/command-database.ts';
import { openSigningContext } from '#server/commands/signing-context.ts';
import { readProcessEnv } from '#server/env.ts';
import { runProcess } from '#server/runtime/process-lifecycle.ts';
import type { ProcessLifecycle } from '#server/runtime/process-lifecycle.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';
import { rotateSigningKey } from '#server/use-cases/auth/signing/rotate-signing-key.ts';
import { AppError } from '#shared/errors.ts';
import { kill, pid, stdout } from 'node:process';

/**
 * `npm run signing:rotate` replaces the key that signs certificates: by SEGUE_SIGNING_KEY when it is set, else by a new key in the database. Processes
 * that keep their key in the database use the new one at once. With the embedded database Segue must be stopped.
 */
async function run(lifecycle: ProcessLifecycle): Promise<void> {
  const env = readProcessEnv();
  const address = openCommandDatabase(env, lifecycle);
  const context = openSigningContext(env, await address(), lifecycle);
  try {
    const { fingerprint, replaced } = await rotateSigningKey(context, SYSTEM);
    const restart = env.SEGUE_SIGNING_KEY ? ' Restart every process with this SEGUE_SIGNING_KEY.' : '';
    stdout.write(`Certificates are now signed with key ${fingerprint}.${restart}\n`);
    if (replaced) stdout.write(`The old key ${replaced} stays published, so that certificates it signed can be verified.\n`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new StartError(`${error.message} ${error.remedy ?? ''}`.trim(), { exitCode: EXIT_CONFIG, cause: error });
  }
  kill(pid, 'SIGTERM');
}

await runProcess(run);
