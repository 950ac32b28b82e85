import type { WhyNotView } from '#shared/contracts/views.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { describeRule, lowerFirst } from '#shared/domain/policies/describe-policy.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import { traceRule } from '#shared/domain/policies/pool-trace.ts';
import { rankStep, separationStep } from './why-compare.ts';
import type { WhyFacts } from './why-facts.ts';
import { whyLine } from './why-line.ts';

type Step = WhyNotView['steps'][number];

/** The answer to "why" and "why not": a verdict in a sentence or two, and every rule with how it stands to the recording. */
export function explainPlace(facts: WhyFacts): Pick<WhyNotView, 'verdict' | 'steps'> {
  const day = dayNumber(facts.day);
  const isAdmitted = evaluatePool(facts.catalogue, facts.policy.pool, day).rows.length > 0;
  const pool = poolSteps(facts, day);
  const steps = [
    ...intakeStep(facts),
    ...banSteps(facts),
    ...pool,
    ...mixStep(facts, day),
    ...turnoverStep(facts),
    restStep(facts),
    ...groupStep(facts),
    ...rankStep(facts),
    ...separationStep(facts),
  ];
  const verdict = facts.entry ? presentVerdict(facts, facts.entry) : absentVerdict(facts, { isAdmitted, pool, steps });
  return { verdict: [verdict, ...insteadWords(facts)].join(' '), steps };
}

/** Every leaf of the rules as it stood when the list was made; what was learnt since is said, and changes nothing about that day. */
function poolSteps({ catalogue, later, policy, entry }: WhyFacts, day: number): Step[] {
  const then = traceRule({ catalogue, row: 0, day }, policy.pool);
  const now = later ? traceRule({ catalogue: later.catalogue, row: 0, day }, policy.pool) : [];
  const steps = then.map(({ rule, holds, detail }, at): Step => {
    const since = now[at];
    const isLearnt = later !== null && holds === null && since !== undefined && since.holds !== null;
    return { rule, holds, detail: isLearnt ? `${detail} Learnt on ${later.learntOn}: ${since.detail}` : detail };
  });
  if (!entry || evaluatePool(catalogue, policy.pool, day).rows.length > 0) return steps;
  // Popularity and release dates keep no past; what the list wrote down when it was made does.
  return entry.reasons.admittedBy.map((rule): Step => ({ rule, holds: true, detail: 'It held when the list was made.' }));
}

function intakeStep({ cameOn, entry }: WhyFacts): Step[] {
  if (cameOn === null || entry) return [];
  return [{ rule: 'In the catalogue by then', holds: false, detail: `It came into the catalogue on ${cameOn}.` }];
}

function insteadWords({ shownInstead }: WhyFacts): string[] {
  if (!shownInstead) return [];
  const { day, isThere } = shownInstead;
  return [`The day was rolled back: the list of ${day} was shown instead, ${isThere ? 'and it was in that one' : 'without it'}.`];
}

function presentVerdict({ themeTag, day, catalogue }: WhyFacts, { position, reasons }: NonNullable<WhyFacts['entry']>): string {
  const why = whyLine(reasons, { day, recordingId: catalogue.recordingIds[0] ?? 0 });
  return `It is in “${themeTag}” that day, at position ${position}. ${why.charAt(0).toUpperCase()}${why.slice(1)}`;
}

function absentVerdict(facts: WhyFacts, { isAdmitted, pool, steps }: { isAdmitted: boolean; pool: readonly Step[]; steps: readonly Step[] }): string {
  const not = `Not in “${facts.themeTag}”:`;
  if (facts.firstDay !== null && facts.day < facts.firstDay) return `“${facts.themeTag}” had no list yet: its first is of ${facts.firstDay}.`;
  const [late] = intakeStep(facts);
  if (late) return `${not} ${late.detail}`;
  if (facts.mark?.kind === 'ban' || facts.bannedAs !== null) return `${not} ${banSteps(facts)[0]?.detail ?? 'it is banned.'}`;
  if (!isAdmitted && !facts.isPinned) {
    const against = pool.find((step) => step.holds === false) ?? pool.find((step) => step.holds === null);
    return `${not} ${against?.detail ?? 'its rules do not admit it.'}`;
  }
  const inTheWay = [...turnoverStep(facts), restStep(facts), ...groupStep(facts)].find((step) => step.holds === false);
  if (inTheWay) return `${not} ${inTheWay.detail}`;
  if (facts.snapshot === undefined) return `There is no list for that day; the rules would let it in.`;
  if (facts.snapshot.status === 'unfilled') return `That day’s list could not be filled. ${facts.snapshot.report.shortfall[0] ?? ''}`.trim();
  const mix = mixStep(facts, dayNumber(facts.day)).find((step) => step.holds === false);
  if (mix) return `${not} ${mix.detail}`;
  const near = facts.snapshot.report.nearMisses.find((miss) => miss.recordingId === facts.catalogue.recordingIds[0]);
  if (near) return `It was admitted and rested, and came close: ${near.detail}`;
  const last = steps.at(-1);
  return `It was admitted and rested. ${last?.holds === false ? last.detail : 'Others fitted the list better that day.'}`;
}

function banSteps({ mark, bannedAs, isPinned, entry }: WhyFacts): Step[] {
  const steps: Step[] = [];
  if (mark?.kind === 'ban')
    steps.push({
      rule: 'Not banned from this list',
      holds: false,
      detail: `${mark.source === 'hand' ? 'Somebody took it out on Spotify' : 'It is banned from this list'} since ${mark.sinceDay}.`,
    });
  else if (bannedAs !== null) steps.push({ rule: 'Not banned by the rules', holds: false, detail: BANNED_AS[bannedAs] });
  if (mark?.kind === 'pin')
    steps.push({
      rule: 'Pinned to this list',
      holds: entry !== undefined,
      detail: `${mark.source === 'hand' ? 'Somebody put it in on Spotify' : 'It is pinned'} since ${mark.sinceDay}.`,
    });
  else if (isPinned) steps.push({ rule: 'Pinned by the rules', holds: entry !== undefined, detail: 'The rules of this list name it.' });
  return steps;
}

const BANNED_AS = {
  recording: 'The rules of this list ban it by name.',
  artist: 'The rules of this list ban one of its artists.',
  album: 'The rules of this list ban its album.',
} as const;

function mixStep({ policy, catalogue, entry }: WhyFacts, day: number): Step[] {
  if (policy.mix.length === 0) return [];
  const admitting = policy.mix.filter((block) => evaluatePool(catalogue, block.rule, day).rows.length > 0);
  const rule = `Fits a part of the mix: ${policy.mix.map((block) => `${block.name} ${block.share} %`).join(', ')}`;
  if (entry?.reasons.block !== undefined) return [{ rule, holds: true, detail: `It fills the part “${entry.reasons.block}”.` }];
  if (admitting.length === 0) {
    const asks = policy.mix.map((block) => `“${block.name}” asks for ${lowerFirst(describeRule(block.rule))}`).join('; ');
    return [{ rule, holds: false, detail: `No part of the mix takes it: ${asks}.` }];
  }
  return [{ rule, holds: true, detail: `It could fill ${admitting.map((block) => `“${block.name}”`).join(' or ')}.` }];
}

function turnoverStep({ policy, hasLeft, entry }: WhyFacts): Step[] {
  const rule = policy.turnover === 1 ? 'All of the list changes every day' : `${Math.round(policy.turnover * 100)} % of the list change a day`;
  if (entry?.reasons.staysSince !== undefined)
    return [{ rule, holds: true, detail: `It has stayed in the list since ${entry.reasons.staysSince}; staying is not repeating.` }];
  if (hasLeft)
    return [{ rule, holds: false, detail: 'It was in the list before and left it that day, so that the list changes as much as it should.' }];
  return [];
}

function restStep({ day, policy, blocking, entry, hasLeft }: WhyFacts): Step {
  const rule = `Rests ${policy.rest.days} ${policy.rest.days === 1 ? 'day' : 'days'}`;
  if (entry || !blocking) {
    const { lastUsedOn } = entry?.reasons ?? { lastUsedOn: undefined };
    const detail =
      lastUsedOn === null
        ? 'It was never here before.'
        : lastUsedOn === undefined
          ? 'It has rested long enough.'
          : `It was last used on ${lastUsedOn}.`;
    return { rule, holds: true, detail };
  }
  if (hasLeft) return { rule, holds: true, detail: 'It was in this list until the day before.' };
  const until = blocking.restsUntil ? `may return on ${blocking.restsUntil}` : 'is pinned there';
  if (blocking.firstDay === day) return { rule, holds: false, detail: `It went to “${blocking.themeTag}” that day and ${until}.` };
  return { rule, holds: false, detail: `It was in “${blocking.themeTag}” on ${blocking.firstDay} and ${until}.` };
}

function groupStep({ policy, groupClaim }: WhyFacts): Step[] {
  const { group, yieldsTo } = policy.exclusivity;
  const groups = [...(group === undefined ? [] : [group]), ...yieldsTo];
  if (groups.length === 0) return [];
  const rule = `Shares no recording on a day with ${groups.join(', ')}`;
  if (!groupClaim) return [{ rule, holds: true, detail: 'No list of the group showed it that day.' }];
  return [{ rule, holds: false, detail: `“${groupClaim.themeTag}” of the group ${groupClaim.group} showed it that day.` }];
}
