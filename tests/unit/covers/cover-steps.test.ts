import { COVER_STEPS } from '#shared/contracts/covers/projects.ts';
import { allSteps, stepDone, stepDoneLate, stepFailed } from '#shared/domain/covers/projects/cover-steps.ts';
import { describeUpload } from '#shared/domain/covers/projects/describe-upload.ts';
import { themeDrift } from '#shared/domain/covers/projects/theme-drift.ts';
import { expect, test } from 'vitest';

const states = (steps: Parameters<typeof allSteps>[0]) => Object.values(allSteps(steps)).map(({ state }) => state);
const whole = COVER_STEPS.reduce((steps, step) => stepDone(steps, step), {});

test.each(COVER_STEPS)('when the step %s changes, the later ones become stale and the earlier ones stay', (step) => {
  const at = COVER_STEPS.indexOf(step);
  expect(states(stepDone(whole, step))).toEqual(COVER_STEPS.map((_, i) => (i <= at ? 'ready' : 'stale')));
});

test('an open step stays open when an earlier one changes', () => {
  expect(states(stepDone({}, 'words'))).toEqual(['open', 'ready', 'open', 'open', 'open']);
});

test('a failed step says why, leaves the others, and a later success removes the reason', () => {
  const failed = stepFailed(whole, 'picture', { message: 'No.', remedy: null, retryAt: null });
  expect(states(failed)).toEqual(['ready', 'ready', 'failed', 'ready', 'ready']);
  expect(allSteps(stepDone(failed, 'picture')).picture).toEqual({ state: 'ready', error: null });
  expect(states(stepDoneLate(whole, 'type'))).toEqual(['ready', 'ready', 'ready', 'stale', 'ready']);
});

const theme = { title: 'Dusk', valence: 0.5, energy: 0.5, decade: 1980, genres: [{ name: 'soul', weight: 0.6 }] };

test.each([
  ['nothing', {}, 0],
  ['the title', { title: 'Dawn' }, 1],
  ['a small change of mood', { valence: 0.55 }, 0.1],
  ['a clear change of mood', { energy: 0.9 }, 0.8],
  ['half of the genres', { genres: [{ name: 'soul', weight: 0.3 }] }, 0],
  ['other genres', { genres: [{ name: 'techno', weight: 0.6 }] }, 0.5],
  ['the decade', { decade: 2010 }, 0.5],
  ['numbers that became unknown', { valence: null, energy: null, decade: null, genres: [] }, 0],
])('the drift of %s', (_name, change, drift) => {
  expect(themeDrift(theme, { ...theme, ...change })).toBeCloseTo(drift);
});

test('a picture that somebody chose is named first, and what cannot be put back is said', () => {
  const base = { isKept: true, isNetwork: false, isRestore: false } as const;
  expect(describeUpload({ ...base, shows: 'other' })[0]).toBe('The cover replaces a picture that somebody chose in Spotify.');
  expect(describeUpload({ ...base, shows: 'other', isKept: false })).toContain('It could not be downloaded, so it cannot be put back.');
  expect(describeUpload({ ...base, shows: 'mosaic' }).join(' ')).not.toMatch(/put (?:it )?back/);
});
