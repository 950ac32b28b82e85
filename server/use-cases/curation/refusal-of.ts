import { StayMissing } from '#server/repos/curation/ledger.ts';

/** Why the database would not take a list: `says` for everybody, `detail` for operators. */
export interface Refusal {
  readonly says: string;
  readonly detail: string;
}

const SAYS: Record<string, string> = {
  placements_no_repeat: 'The database refused its list: a recording in it has not rested.',
  exclusive_stays_no_share: 'The database refused its list: another list of its group shows one of its recordings.',
  snapshots_whole: 'The database refused its list: it is not whole.',
};
const SAYS_OTHERWISE = 'The database refused its list.';

/** Classes of SQLSTATE for what is wrong with the rows themselves; a lost connection or a full disk is the fault of no list. */
const OF_THE_ROWS = /^(?:22|23)/;

/** What a failed write says of the rows that were written; undefined when they are not the reason. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof StayMissing) return { says: SAYS_OTHERWISE, detail: error.message };
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string' || !OF_THE_ROWS.test(cause.code)) return undefined;
  const constraint = 'constraint' in cause && typeof cause.constraint === 'string' ? cause.constraint : '';
  return { says: SAYS[constraint] ?? SAYS_OTHERWISE, detail: cause.message };
}
