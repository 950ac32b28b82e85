import type { PolicyV1, Rule } from '#shared/contracts/policies/policy.ts';
import { groupOf, isRoot, kindOfGroup, membersOf, ruleAt, withPart } from './rule-path.ts';
import type { GroupKind, RulePath } from './rule-path.ts';

/** A policy after an edit, and where the hand should rest afterwards. */
export interface TreeEdit {
  readonly policy: PolicyV1;
  readonly focus: RulePath;
}

/** Adds a rule at the end of a group. A single rule, or a "not", first becomes a group of "all" with it. */
export function addRule(policy: PolicyV1, path: RulePath, rule: Rule): TreeEdit {
  const target = ruleAt(policy, path);
  if (!target) return { policy, focus: path };
  const members = membersOf(target);
  if (!members) return { policy: withPart(policy, path, { all: [target, rule] }), focus: [...path, 'all', 1] };
  const kind = 'all' in target ? 'all' : 'any';
  return { policy: withPart(policy, path, groupOf(kind, [...members, rule])), focus: [...path, kind, members.length] };
}

/** Takes a rule out. What would be left without meaning goes with it: a "not" of nothing, an "any" of nothing. */
export function removeRule(policy: PolicyV1, path: RulePath): TreeEdit {
  if (isRoot(path)) return { policy: withPart(policy, path, { all: [] }), focus: path };
  const place = placeOf(policy, path);
  if (!place) return removeRule(policy, path.slice(0, -1));
  const left = place.members.filter((_, at) => at !== place.at);
  if (left.length === 0 && place.kind === 'any') return removeRule(policy, place.group);
  const next = [...place.group, place.kind, Math.min(place.at, left.length - 1)];
  return { policy: withPart(policy, place.group, groupOf(place.kind, left)), focus: left.length === 0 ? place.group : next };
}

/** Moves a rule one place up or down among its neighbours; from the edge it steps out of its group. Unchanged where there is no way. */
export function moveRule(policy: PolicyV1, path: RulePath, step: -1 | 1): TreeEdit {
  const place = placeOf(policy, path);
  const moved = ruleAt(policy, path);
  if (!place || !moved) return { policy, focus: path };
  const to = place.at + step;
  if (to >= 0 && to < place.members.length) {
    const members = insertAt(without(place.members, place.at), to, moved);
    return { policy: withPart(policy, place.group, groupOf(place.kind, members)), focus: [...place.group, place.kind, to] };
  }
  return stepOut(policy, path, { step, moved });
}

/** Puts a rule into a group of its own, ready for company. */
export function wrapRule(policy: PolicyV1, path: RulePath, kind: GroupKind): TreeEdit {
  const rule = ruleAt(policy, path);
  return rule ? { policy: withPart(policy, path, groupOf(kind, [rule])), focus: [...path, kind, 0] } : { policy, focus: path };
}

/** Takes a group apart: its members stand where it stood. Only among other rules, or when it holds just one. */
export function unwrapGroup(policy: PolicyV1, path: RulePath): TreeEdit {
  const group = ruleAt(policy, path);
  const members = group && membersOf(group);
  if (!members) return { policy, focus: path };
  const [only] = members;
  if (members.length === 1 && only) return { policy: withPart(policy, path, only), focus: path };
  const place = placeOf(policy, path);
  if (!place) return { policy, focus: path };
  const spread = [...place.members.slice(0, place.at), ...members, ...place.members.slice(place.at + 1)];
  return { policy: withPart(policy, place.group, groupOf(place.kind, spread)), focus: path };
}

/** Turns a rule into its opposite, and back. */
export function negateRule(policy: PolicyV1, path: RulePath): TreeEdit {
  const rule = ruleAt(policy, path);
  if (!rule) return { policy, focus: path };
  return { policy: withPart(policy, path, 'not' in rule ? rule.not : { not: rule }), focus: path };
}

/** The same members under the other word: all of them, or any. */
export function regroup(policy: PolicyV1, path: RulePath, kind: GroupKind): TreeEdit {
  const rule = ruleAt(policy, path);
  const members = rule && membersOf(rule);
  return members ? { policy: withPart(policy, path, groupOf(kind, members)), focus: path } : { policy, focus: path };
}

/** The same rule once more, right after itself. */
export function copyRule(policy: PolicyV1, path: RulePath): TreeEdit {
  const place = placeOf(policy, path);
  const rule = ruleAt(policy, path);
  if (!rule) return { policy, focus: path };
  if (!place) return addRule(policy, path, rule);
  const members = insertAt(place.members, place.at + 1, structuredClone(rule));
  return { policy: withPart(policy, place.group, groupOf(place.kind, members)), focus: [...place.group, place.kind, place.at + 1] };
}

interface Place {
  readonly group: RulePath;
  readonly kind: GroupKind;
  readonly members: readonly Rule[];
  readonly at: number;
}

/** Where a rule stands in the list of its group; undefined for the root and for what a "not" holds. */
function placeOf(policy: PolicyV1, path: RulePath): Place | undefined {
  const at = path.at(-1);
  if (typeof at !== 'number' || isRoot(path)) return undefined;
  const group = path.slice(0, -2);
  const rule = ruleAt(policy, group);
  if (!rule || !('all' in rule || 'any' in rule)) return undefined;
  return { group, kind: kindOfGroup(rule), members: membersOf(rule) ?? [], at };
}

function stepOut(policy: PolicyV1, path: RulePath, { step, moved }: { readonly step: -1 | 1; readonly moved: Rule }): TreeEdit {
  const place = placeOf(policy, path);
  const outer = place && placeOf(policy, place.group);
  if (!place || !outer) return { policy, focus: path };
  const left = without(place.members, place.at);
  const isEmptied = left.length === 0;
  const around = isEmptied ? without(outer.members, outer.at) : outer.members.map((one, at) => (at === outer.at ? groupOf(place.kind, left) : one));
  const to = outer.at + (step === 1 && !isEmptied ? 1 : 0);
  return {
    policy: withPart(policy, outer.group, groupOf(outer.kind, insertAt(around, to, moved))),
    focus: [...outer.group, outer.kind, to],
  };
}

const without = (members: readonly Rule[], at: number) => members.filter((_, index) => index !== at);
const insertAt = (members: readonly Rule[], at: number, rule: Rule) => [...members.slice(0, at), rule, ...members.slice(at)];
