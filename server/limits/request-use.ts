import type { Db } from '#server/repos/database.ts';
import { addRequestUse, deleteRequestUseBefore } from '#server/repos/limits/request-use.ts';
import { HOUR_MS } from '#shared/domain/calendar.ts';

/** Counts granted requests by bucket and hour. */
export interface RequestUse {
  note(bucket: string): void;
  /** Writes the counts that are not stored yet. */
  flush(): Promise<void>;
}

/**
 * Counts that a killed process may lose. Writing each request down would cost as much as the request; no decision uses these counts, because the
 * budget reserves every slot in the database before its request is sent.
 */
const FLUSH_AFTER_MS = 500;
/** One season of charts; older counts say nothing about today's budget. */
const STORED_FOR_MS = 90 * 24 * HOUR_MS;

/**
 * Counts requests for the whole process and writes them at most twice a second, all buckets in one statement.
 * States: idle → counting (timer set) → writing → idle; a failed write puts its counts back and goes with the next request's.
 */
export function createRequestUse(db: Db, now: () => Date): RequestUse {
  let noted = new Map<string, { bucket: string; hourMs: number; requests: number }>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let sweptHourMs = 0;

  const add = (bucket: string, hourMs: number, requests: number) => {
    const key = `${hourMs} ${bucket}`;
    noted.set(key, { bucket, hourMs, requests: (noted.get(key)?.requests ?? 0) + requests });
  };
  const write = async (): Promise<void> => {
    const rows = [...noted.values()];
    if (rows.length === 0) return;
    noted = new Map();
    try {
      await addRequestUse(db, rows);
    } catch (error) {
      for (const { bucket, hourMs, requests } of rows) add(bucket, hourMs, requests);
      throw error;
    }
    const hourMs = Math.max(...rows.map((row) => row.hourMs));
    if (hourMs <= sweptHourMs) return;
    sweptHourMs = hourMs;
    await deleteRequestUseBefore(db, new Date(hourMs - STORED_FOR_MS));
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.catch(() => {}).then(write);
    return writing;
  };
  return {
    note: (bucket) => {
      add(bucket, Math.floor(now().getTime() / HOUR_MS) * HOUR_MS, 1);
      timer ??= setTimeout(() => void flush().catch(() => {}), FLUSH_AFTER_MS).unref();
    },
    flush,
  };
}
