import { PlacementMissing } from '#server/repos/curation/ledger.ts';

/** Why the database rejected a list: `says` for everyone, `detail` for operators. */
export interface ListRejection {
  readonly message: string;
  readonly detail: string;
}

const MESSAGE_BY_CONSTRAINT: Record<string, string> = {
  placements_no_repeat: 'The database rejected its list: a recording repeats within its repeat window.',
  exclusive_stays_no_share: 'The database rejected its list: another list of its group shows one of its recordings.',
  snapshots_whole: 'The database rejected its list: the list is incomplete.',
};
const DEFAULT_MESSAGE = 'The database rejected its list.';

/** SQLSTATE classes for errors in the rows themselves; a lost connection or a full disk is not the fault of a list. */
const ROW_ERROR = /^(?:22|23)/;

/** Why a failed write rejected the rows; undefined when the rows are not the cause. */
export function listRejectionOf(error: unknown): ListRejection | undefined {
  if (error instanceof PlacementMissing) return { message: DEFAULT_MESSAGE, detail: error.message };
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string' || !ROW_ERROR.test(cause.code)) return undefined;
  const constraint = 'constraint' in cause && typeof cause.constraint === 'string' ? cause.constraint : '';
  return { message: MESSAGE_BY_CONSTRAINT[constraint] ?? DEFAULT_MESSAGE, detail: cause.message };
}
