import type { WhyNotView } from '#shared/contracts/curation/why-not.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { describeRule, lowerFirst } from '#shared/domain/policies/describe-policy.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import { traceRule } from '#shared/domain/policies/pool-trace.ts';
import { scoreStep, separationStep } from './why-compare.ts';
import type { WhyFacts } from './why-facts.ts';
import { whyLine } from './why-summary.ts';

type Step = WhyNotView['steps'][number];

/** Explains why a recording is or is not in a list: a result in one or two sentences, and the outcome of every rule. */
export function explainPlacement(facts: WhyFacts): Pick<WhyNotView, 'answer' | 'steps'> {
  const day = dayNumber(facts.day);
  const isAdmitted = evaluatePool(facts.catalog, facts.policy.pool, day).rows.length > 0;
  const pool = poolSteps(facts, day);
  const steps = [
    ...importStep(facts),
    ...banSteps(facts),
    ...pool,
    ...mixStep(facts, day),
    ...turnoverStep(facts),
    restStep(facts),
    ...groupStep(facts),
    ...scoreStep(facts),
    ...separationStep(facts),
  ];
  const result = facts.entry ? explainPresence(facts, facts.entry) : explainAbsence(facts, { isAdmitted, pool, steps });
  return { answer: [result, ...insteadWords(facts)].join(' '), steps };
}

/** Every leaf of the rules with the data known when the list was created. Data added later is mentioned, but does not change the outcome. */
function poolSteps({ catalog, later, policy, entry }: WhyFacts, day: number): Step[] {
  const then = traceRule({ catalog, row: 0, day }, policy.pool);
  const now = later ? traceRule({ catalog: later.catalog, row: 0, day }, policy.pool) : [];
  const steps = then.map(({ rule, holds, detail }, at): Step => {
    const since = now[at];
    const isLearned = later !== null && holds === null && since !== undefined && since.holds !== null;
    return { rule, holds, detail: isLearned ? `${detail} Learned on ${later.addedOn}: ${since.detail}` : detail };
  });
  if (!entry || evaluatePool(catalog, policy.pool, day).rows.length > 0) return steps;
  // Popularity and release dates have no stored history, so use the reasons stored with the list.
  return entry.reasons.admittedBy.map((rule): Step => ({ rule, holds: true, detail: 'It matched when the list was created.' }));
}

function importStep({ importedOn: cameOn, entry }: WhyFacts): Step[] {
  if (cameOn === null || entry) return [];
  return [{ rule: 'Imported by that day', holds: false, detail: `It was imported on ${cameOn}.` }];
}

function insteadWords({ shownInstead }: WhyFacts): string[] {
  if (!shownInstead) return [];
  const { day, isThere } = shownInstead;
  return [`The day was rolled back: the list of ${day} was shown instead, ${isThere ? 'and it contains this recording' : 'without this recording'}.`];
}

function explainPresence({ themeTag, day, catalog }: WhyFacts, { position, reasons }: NonNullable<WhyFacts['entry']>): string {
  const why = whyLine(reasons, { day, recordingId: catalog.recordingIds[0] ?? 0 });
  return `In “${themeTag}” that day, at position ${position}. ${why.charAt(0).toUpperCase()}${why.slice(1)}`;
}

function explainAbsence(
  facts: WhyFacts,
  { isAdmitted, pool, steps }: { isAdmitted: boolean; pool: readonly Step[]; steps: readonly Step[] },
): string {
  const not = `Not in “${facts.themeTag}”:`;
  if (facts.firstDay !== null && facts.day < facts.firstDay) return `“${facts.themeTag}” had no list yet. Its first list is from ${facts.firstDay}.`;
  const [late] = importStep(facts);
  if (late) return `${not} ${late.detail}`;
  if (facts.mark?.kind === 'ban' || facts.bannedAs !== null) return `${not} ${banSteps(facts)[0]?.detail ?? 'It is banned.'}`;
  if (!isAdmitted && !facts.isPinned) {
    const against = pool.find((step) => step.holds === false) ?? pool.find((step) => step.holds === null);
    return `${not} ${against?.detail ?? 'The rules do not admit it.'}`;
  }
  const inTheWay = [...turnoverStep(facts), restStep(facts), ...groupStep(facts)].find((step) => step.holds === false);
  if (inTheWay) return `${not} ${inTheWay.detail}`;
  if (facts.snapshot === undefined) return `There is no list for that day. The rules admit this recording.`;
  if (facts.snapshot.status === 'unfilled') return `That day’s list could not be filled. ${facts.snapshot.report.shortfall[0] ?? ''}`.trim();
  const mix = mixStep(facts, dayNumber(facts.day)).find((step) => step.holds === false);
  if (mix) return `${not} ${mix.detail}`;
  const near = facts.snapshot.report.nearMisses.find((miss) => miss.recordingId === facts.catalog.recordingIds[0]);
  if (near) return `The rules admitted it and its repeat window was over, but it was not chosen: ${near.detail}`;
  const last = steps.at(-1);
  return `The rules admitted it and its repeat window was over. ${last?.holds === false ? last.detail : 'Other recordings fit the list better that day.'}`;
}

function banSteps({ mark, bannedAs, isPinned, entry }: WhyFacts): Step[] {
  const steps: Step[] = [];
  if (mark?.kind === 'ban')
    steps.push({
      rule: 'Not banned from this playlist',
      holds: false,
      detail: `Banned from this playlist since ${mark.sinceDay}${mark.source === 'hand' ? ', because it was removed on Spotify' : ''}.`,
    });
  else if (bannedAs !== null) steps.push({ rule: 'Not banned by the policy', holds: false, detail: BANNED_AS[bannedAs] });
  if (mark?.kind === 'pin')
    steps.push({
      rule: 'Pinned to this playlist',
      holds: entry !== undefined,
      detail: `Pinned to this playlist since ${mark.sinceDay}${mark.source === 'hand' ? ', because it was added on Spotify' : ''}.`,
    });
  else if (isPinned) steps.push({ rule: 'Pinned by the policy', holds: entry !== undefined, detail: 'The policy pins this recording.' });
  return steps;
}

const BANNED_AS = {
  recording: 'The policy bans this recording.',
  artist: 'The policy bans one of its artists.',
  album: 'The policy bans its album.',
} as const;

function mixStep({ policy, catalog, entry }: WhyFacts, day: number): Step[] {
  if (policy.mix.length === 0) return [];
  const admitting = policy.mix.filter((block) => evaluatePool(catalog, block.rule, day).rows.length > 0);
  const rule = `Fits a block of the mix: ${policy.mix.map((block) => `${block.name} ${block.share}%`).join(', ')}`;
  if (entry?.reasons.block !== undefined) return [{ rule, holds: true, detail: `It fills the block “${entry.reasons.block}”.` }];
  if (admitting.length === 0) {
    const requirements = policy.mix.map((block) => `“${block.name}” requires ${lowerFirst(describeRule(block.rule))}`).join('; ');
    return [{ rule, holds: false, detail: `No block of the mix admits it: ${requirements}.` }];
  }
  return [{ rule, holds: true, detail: `It could fill ${admitting.map((block) => `“${block.name}”`).join(' or ')}.` }];
}

function turnoverStep({ policy, hasLeft, entry }: WhyFacts): Step[] {
  const rule = policy.turnover === 1 ? 'All tracks change every day' : `${Math.round(policy.turnover * 100)}% of the list changes every day`;
  if (entry?.reasons.staysSince !== undefined)
    return [{ rule, holds: true, detail: `In the list since ${entry.reasons.staysSince}. Staying is not a repeat.` }];
  if (hasLeft) return [{ rule, holds: false, detail: 'It was in the previous list and left that day to meet the daily turnover.' }];
  return [];
}

function restStep({ day, policy, blocking, entry, hasLeft }: WhyFacts): Step {
  const rule = `Repeat window: ${policy.rest.days} ${policy.rest.days === 1 ? 'day' : 'days'}`;
  if (entry || !blocking) {
    const { lastUsedOn } = entry?.reasons ?? { lastUsedOn: undefined };
    const detail =
      lastUsedOn === null ? 'First time here.' : lastUsedOn === undefined ? 'Its repeat window was over.' : `Last played on ${lastUsedOn}.`;
    return { rule, holds: true, detail };
  }
  if (hasLeft) return { rule, holds: true, detail: 'It was in this list until the day before.' };
  const until = blocking.restsUntil ? `can play again on ${blocking.restsUntil}` : 'is pinned there';
  if (blocking.firstDay === day) return { rule, holds: false, detail: `It was placed in “${blocking.themeTag}” that day and ${until}.` };
  return { rule, holds: false, detail: `It was in “${blocking.themeTag}” on ${blocking.firstDay} and ${until}.` };
}

function groupStep({ policy, groupClaim }: WhyFacts): Step[] {
  const { group, yieldsTo } = policy.exclusivity;
  const groups = [...(group === undefined ? [] : [group]), ...yieldsTo];
  if (groups.length === 0) return [];
  const rule = `No recording on the same day as another playlist of ${groups.join(', ')}`;
  if (!groupClaim) return [{ rule, holds: true, detail: 'No other playlist of the group had it that day.' }];
  return [{ rule, holds: false, detail: `“${groupClaim.themeTag}” of the group ${groupClaim.group} had it that day.` }];
}
