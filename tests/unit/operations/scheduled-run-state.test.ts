import { scheduledRunText, scheduledRunState } from '#web/features/operations/jobs/scheduled-run-state.ts';
import type { ScheduledRunStatus, ScheduleRow } from '#shared/contracts/job-views.ts';
import { describe, expect, test } from 'vitest';

const NOW = '2026-11-21T10:16:00.000Z';
const row = (more: Partial<ScheduleRow> = {}): ScheduleRow => ({
  task: 'curate-playlists',
  minutes: [240],
  scheduledRuns: [],
  since: '2026-11-01T00:00:00.000Z',
  nextRunAt: '2026-11-22T04:00:00.000Z',
  lastRun: null,
  paused: null,
  ...more,
});
const pausedAt = (at: string) => ({ paused: { at, by: 'admin', why: 'Moving house.' } });
const withTick = (status: ScheduledRunStatus) => ({ scheduledRuns: [{ at: '2026-11-21T04:00:00.000Z', status }] });

describe('a scheduled run of today', () => {
  test.each([
    ['ran', 'ran', row(withTick('ran')), NOW],
    ['that ran before its task was paused did run', 'ran', row({ ...withTick('ran'), ...pausedAt('2026-11-21T09:00:00.000Z') }), NOW],
    ['from before the app’s first start was not required', 'before', row({ since: '2026-11-21T10:15:00.000Z' }), NOW],
    ['from before the first worker started was not required', 'before', row({ since: null }), NOW],
    ['after the app’s first start in the middle of the day is required', 'due', row({ since: '2026-11-21T03:59:30.000Z' }), NOW],
    ['of a task that was paused before is skipped', 'paused', row(pausedAt('2026-11-20T09:00:00.000Z')), NOW],
    ['of a task that was paused only afterwards still waits', 'due', row(pausedAt('2026-11-21T09:00:00.000Z')), NOW],
    ['in the future is ahead', 'ahead', row(), '2026-11-21T03:00:00.000Z'],
    ['in the future of a paused task is skipped', 'paused', row(pausedAt('2026-11-20T09:00:00.000Z')), '2026-11-21T03:00:00.000Z'],
  ])('%s', (_, state, given, now) => {
    expect(scheduledRunState(given, now)).toBe(state);
  });

  test('that is past and not taken waits for a worker, or for its turn', () => {
    expect(scheduledRunText('due', { secondsSinceHeartbeat: null })).toBe('Waiting for a worker');
    expect(scheduledRunText('due', { secondsSinceHeartbeat: 400 })).toBe('Waiting for a worker');
    expect(scheduledRunText('due', { secondsSinceHeartbeat: 3 })).toBe('Queued');
    expect(scheduledRunText('before', { secondsSinceHeartbeat: 3 })).toBe('Before the first start');
  });
});
