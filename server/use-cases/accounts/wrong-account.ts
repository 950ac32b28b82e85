import type { Deps } from '#server/deps.ts';
import type { WrongAccountView } from '#shared/contracts/accounts/accounts.ts';
import { z } from 'zod';

const OWNER = 'refusal|wrong_account';
/** Lifetime of a note: the page opens right after the refusal. */
const NOTE_MS = 30 * 60_000;
const noteForm = z.object({ actual: z.string(), expected: z.string(), until: z.number() });

/** Encrypts two names for use in a URL: only Segue can read them, the browser history does not show them, and they cannot be forged. */
export function sealWrongAccount(deps: Pick<Deps, 'sealer' | 'now'>, names: WrongAccountView): string {
  return deps.sealer.seal(JSON.stringify({ ...names, until: deps.now().getTime() + NOTE_MS }), OWNER);
}

/** The names in a note; null for an expired, altered or foreign one. */
export function readWrongAccount(deps: Pick<Deps, 'sealer' | 'now'>, input: { note: string }): WrongAccountView | null {
  try {
    const { actual, expected, until } = noteForm.parse(JSON.parse(deps.sealer.open(input.note, OWNER)));
    return until > deps.now().getTime() ? { actual, expected } : null;
  } catch {
    return null;
  }
}
