import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import type { PolicyProblem } from './policy-limits.ts';
import { refWords } from './policy-refs.ts';

/** Shares are typed by people: thirds may be off by this much. */
const SHARES_OFF_MAX = 0.05;

/** The first thing in which two parts of a policy do not go together: shares that are not the whole, pins that contradict each other, bans or the size. */
export function findClash(policy: PolicyV1): PolicyProblem | undefined {
  return inMix(policy) ?? inPins(policy) ?? inDuration(policy) ?? inExclusivity(policy);
}

function inMix({ mix }: PolicyV1): PolicyProblem | undefined {
  if (mix.length === 0) return undefined;
  const total = mix.reduce((sum, block) => sum + block.share, 0);
  if (Math.abs(total - 100) > SHARES_OFF_MAX) {
    const off = Math.round(Math.abs(100 - total) * 100) / 100;
    return {
      field: 'mix',
      message: `The shares of the mix are ${Math.round(total * 100) / 100} percent together, not 100.`,
      remedy: total < 100 ? `Give ${off} more to one of the parts, or add a part.` : `Take ${off} away from the parts.`,
    };
  }
  const twice = mix.findIndex((block, index) => mix.findIndex((other) => other.name.toLowerCase() === block.name.toLowerCase()) < index);
  if (twice < 0) return undefined;
  return {
    field: `mix.${twice}.name`,
    message: `Two parts of the mix are called “${mix[twice]?.name ?? ''}”.`,
    remedy: 'Give one of them another name: reports tell them apart by it.',
  };
}

function inPins({ pins, bans, size }: PolicyV1): PolicyProblem | undefined {
  if (pins.length > size)
    return {
      field: 'pins',
      message: `${pins.length} recordings are pinned, but a list has ${size}.`,
      remedy: 'Unpin some, or make the list longer.',
    };
  const named = new Map<string, number>();
  const placed = new Map<number, number>();
  const banned = new Map(bans.recordings.map((ref, index) => [refWords(ref), index]));
  for (const [index, { recording, position }] of pins.entries()) {
    const words = refWords(recording);
    const before = named.get(words);
    if (before !== undefined)
      return { field: `pins.${index}.recording`, message: `${capital(words)} is pinned twice (pins.${before}).`, remedy: 'Keep one of the two.' };
    const ban = banned.get(words);
    if (ban !== undefined)
      return {
        field: `pins.${index}.recording`,
        message: `${capital(words)} is pinned and banned (bans.recordings.${ban}).`,
        remedy: 'Take one of the two away.',
      };
    named.set(words, index);
    if (position === undefined) continue;
    if (position > size)
      return {
        field: `pins.${index}.position`,
        message: `Place ${position} is beyond the end of a list of ${size}.`,
        remedy: `Use a place from 1 to ${size}, or leave it out.`,
      };
    const other = placed.get(position);
    if (other !== undefined)
      return {
        field: `pins.${index}.position`,
        message: `Place ${position} is taken by another pin (pins.${other}).`,
        remedy: 'Use another place, or leave it out.',
      };
    placed.set(position, index);
  }
  return undefined;
}

function inDuration({ duration }: PolicyV1): PolicyProblem | undefined {
  if (!duration || duration.tolerance < duration.minutes) return undefined;
  return {
    field: 'duration.tolerance',
    message: `${duration.tolerance} minutes of tolerance are as much as the ${duration.minutes} minutes wanted.`,
    remedy: 'Use a tolerance of a few minutes.',
  };
}

function inExclusivity({ exclusivity }: PolicyV1): PolicyProblem | undefined {
  const { group, yieldsTo } = exclusivity;
  const twice = yieldsTo.findIndex((name, index) => yieldsTo.indexOf(name) < index);
  if (twice >= 0)
    return {
      field: `exclusivity.yieldsTo.${twice}`,
      message: `The policy yields to “${yieldsTo[twice] ?? ''}” twice.`,
      remedy: 'Remove one of the two.',
    };
  if (group === undefined || !yieldsTo.includes(group)) return undefined;
  return {
    field: `exclusivity.yieldsTo.${yieldsTo.indexOf(group)}`,
    message: `The policy yields to its own group “${group}”: nobody would choose first.`,
    remedy: 'Lists of one group share nothing anyway: remove it from the groups it yields to.',
  };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
