/** Every place in a curation where tests may kill the process, in their order. Whichever it is, the next run makes the same day. */
export const CURATE_FAULT_POINTS = [
  'curate.after_read',
  'curate.after_decision',
  'curate.after_list',
  'curate.before_commit',
  'curate.after_commit',
] as const;
