/** The points of a curation run where tests kill the process, in order. After any of them, the next run makes the same lists. */
export const CURATE_FAULT_POINTS = [
  'curate.after_read',
  'curate.after_decision',
  'curate.after_list',
  'curate.before_commit',
  'curate.after_commit',
] as const;
