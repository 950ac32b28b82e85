import { albumSources } from '#drizzle/schema/index.ts';
import { syncAlerts } from '#server/repos/operations/alerts.ts';
import { updateAlerts } from '#server/use-cases/operations/alerts/update-alerts.ts';
import type { Alert } from '#shared/contracts/alerts.ts';
import { describe, expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { publishUnfilled, seedPlaylist } from '#tests/support/network/published-network.ts';

const alertOf = (key: string, more: Partial<Alert> = {}): Alert => ({
  key,
  level: 'warning',
  what: key,
  detail: 'What to do.',
  action: null,
  ...more,
});

describe('the watch', () => {
  test('records when an alert began and ended, with its remedy, and shows it afterwards', async () => {
    await using app = await startTestApp({ at: '2026-11-21T04:05:00Z' });
    const playlistId = await seedPlaylist(app.deps.db, 1);
    await publishUnfilled(app.deps.db, { playlistId, day: '2026-11-21' });
    await updateAlerts(app.deps);
    const findAlert = async () => (await app.admin.operations.alertHistory()).find((one) => one.key === 'playlist:1:unfilled');
    const open = await findAlert();
    expect(open).toMatchObject({ key: 'playlist:1:unfilled', level: 'critical', closedAt: null, action: { href: '/playlist/1' } });
    app.clock.advance(24 * 3_600_000);
    await updateAlerts(app.deps);
    const closed = await findAlert();
    expect(closed).toMatchObject({ id: open?.id, detail: 'Only 3 recordings are admitted.' });
    expect(closed?.closedAt?.slice(0, 10)).toBe('2026-11-22');
  });

  test('keeps one entry for an alert that continues, with its newest text, and begins another when it comes back', async () => {
    await using app = await startTestApp({ at: '2026-11-21T04:05:00Z' });
    const reconcile = (alerts: readonly Alert[]) =>
      app.deps.db.transaction((tx) => syncAlerts(tx, alerts, { at: app.deps.now(), newId: app.deps.newId }));
    await reconcile([alertOf('a'), alertOf('b')]);
    await Promise.all([1, 2, 3].map((n) => reconcile([alertOf('a', { what: `a, look ${n}`, level: 'critical' }), alertOf('b')])));
    const ongoing = await app.admin.operations.alertHistory();
    expect(ongoing.map((one) => one.key).toSorted()).toEqual(['a', 'b']);
    expect(ongoing.find((one) => one.key === 'a')).toMatchObject({ level: 'critical', what: expect.stringContaining('a, look') });
    await reconcile([alertOf('b')]);
    await reconcile([alertOf('a'), alertOf('b')]);
    const entries = await app.admin.operations.alertHistory();
    expect(entries.filter((one) => one.key === 'a').map((one) => one.closedAt === null)).toEqual(expect.arrayContaining([true, false]));
  });

  test('shows an alert on the overview at once, without waiting for the next check', async () => {
    await using app = await startTestApp();
    await app.deps.db.insert(albumSources).values({
      intakeId: crypto.randomUUID(),
      lineNumber: 1,
      given: 'nonsense',
      status: 'failed',
      failure: 'not_a_link',
      submittedBy: 'admin_key',
      createdAt: app.deps.now(),
      changedAt: app.deps.now(),
    });
    expect((await app.admin.operations.overview()).alerts).toEqual([
      expect.objectContaining({ key: 'intake:failed', action: { label: 'Review 1', href: '/admin/intake?status=failed' } }),
    ]);
  });
});
