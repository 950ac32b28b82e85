/**
 * Every point of a sync where tests may kill the process, in the order of a first sync. At each one the database and Spotify may disagree in a
 * different way; the next run must reconcile them.
 */
export const SYNC_FAULT_POINTS = [
  'sync.after_assign',
  'sync.after_look',
  'sync.after_plan_stored',
  'sync.after_claim',
  'sync.before_intent',
  'sync.after_intent',
  'sync.after_create_post',
  'sync.after_create_saved',
  'sync.after_replace',
  'sync.after_append',
  'sync.after_details',
  'sync.after_read_back',
  'sync.before_receipt',
  'sync.after_receipt',
  'sync.before_adopt',
  'sync.after_adopt',
] as const;
export type SyncFaultPoint = (typeof SYNC_FAULT_POINTS)[number];
