import type { Policy } from '#shared/contracts/policies/policy.ts';
import type { PolicyProblem } from './policy-limits.ts';
import { describeRecordingRef } from './policy-refs.ts';
import { describeSeed } from './seed-words.ts';

/** Tolerance for the sum of shares, in percent: people round thirds. */
const SHARES_OFF_MAX = 0.05;

/** The first inconsistency between parts of a policy: shares that do not add up to 100, or pins that contradict each other, a ban or the size. */
export function findClash(policy: Policy): PolicyProblem | undefined {
  return inMix(policy) ?? inPins(policy) ?? inGoesWith(policy) ?? inDuration(policy) ?? inExclusivity(policy);
}

function inMix({ mix }: Policy): PolicyProblem | undefined {
  if (mix.length === 0) return undefined;
  const total = mix.reduce((sum, block) => sum + block.share, 0);
  if (Math.abs(total - 100) > SHARES_OFF_MAX) {
    const difference = Math.round(Math.abs(100 - total) * 100) / 100;
    return {
      field: 'mix',
      message: `The shares of the mix add up to ${Math.round(total * 100) / 100}%, not 100%.`,
      remedy: total < 100 ? `Add ${difference}% to a block, or add a block.` : `Reduce the blocks by ${difference}%.`,
    };
  }
  const twice = mix.findIndex((block, index) => mix.findIndex((other) => other.name.toLowerCase() === block.name.toLowerCase()) < index);
  if (twice < 0) return undefined;
  return {
    field: `mix.${twice}.name`,
    message: `Two blocks of the mix are named “${mix[twice]?.name ?? ''}”.`,
    remedy: 'Rename one of them.',
  };
}

function inPins({ pins, bans, size }: Policy): PolicyProblem | undefined {
  if (pins.length > size)
    return {
      field: 'pins',
      message: `${pins.length} recordings are pinned, but the list has only ${size} tracks.`,
      remedy: 'Unpin some, or make the list longer.',
    };
  const named = new Map<string, number>();
  const placed = new Map<number, number>();
  const banned = new Map(bans.recordings.map((ref, index) => [describeRecordingRef(ref), index]));
  for (const [index, { recording, position }] of pins.entries()) {
    const words = describeRecordingRef(recording);
    const before = named.get(words);
    if (before !== undefined)
      return {
        field: `pins.${index}.recording`,
        message: `${capital(words)} is pinned twice (pins ${before + 1} and ${index + 1}).`,
        remedy: 'Remove one of the two pins.',
      };
    const ban = banned.get(words);
    if (ban !== undefined)
      return {
        field: `pins.${index}.recording`,
        message: `${capital(words)} is both pinned and banned (ban ${ban + 1}).`,
        remedy: 'Remove the pin or the ban.',
      };
    named.set(words, index);
    if (position === undefined) continue;
    if (position > size)
      return {
        field: `pins.${index}.position`,
        message: `Position ${position} is beyond the end of a list of ${size} tracks.`,
        remedy: `Use a position from 1 to ${size}, or leave it empty.`,
      };
    const other = placed.get(position);
    if (other !== undefined)
      return {
        field: `pins.${index}.position`,
        message: `Position ${position} is already used by pin ${other + 1}.`,
        remedy: 'Use another position, or leave it empty.',
      };
    placed.set(position, index);
  }
  return undefined;
}

function inGoesWith(policy: Policy): PolicyProblem | undefined {
  if (policy.version !== 2) return undefined;
  const named = new Map<string, string>();
  for (const key of ['seeds', 'avoid'] as const) {
    for (const [index, seed] of policy.goesWith[key].entries()) {
      const words = describeSeed(seed);
      const before = named.get(words);
      named.set(words, key);
      if (before === undefined) continue;
      const message = before === key ? `${capital(words)} is named twice.` : `The list goes with ${words} and does not go with it.`;
      return { field: `goesWith.${key}.${index}`, message, remedy: 'Remove one of the two.' };
    }
  }
  return undefined;
}

function inDuration({ duration }: Policy): PolicyProblem | undefined {
  if (!duration || duration.tolerance < duration.minutes) return undefined;
  return {
    field: 'duration.tolerance',
    message: `A tolerance of ${duration.tolerance} minutes is too large for a playing time of ${duration.minutes} minutes.`,
    remedy: 'Use a tolerance of a few minutes.',
  };
}

function inExclusivity({ exclusivity }: Policy): PolicyProblem | undefined {
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
    message: `The policy yields to its own group “${group}”.`,
    remedy: 'Remove it from the groups the policy yields to: playlists of one group never share recordings anyway.',
  };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
