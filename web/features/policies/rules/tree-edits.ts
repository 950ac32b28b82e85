import type { Policy, Rule } from '#shared/contracts/policies/policy.ts';
import { makeGroup, isRoot, kindOfGroup, groupMembers, ruleAt, replacePart } from './rule-path.ts';
import type { GroupKind, RulePath } from './rule-path.ts';

/** A policy after an edit, and the rule to focus next. */
export interface TreeEdit {
  readonly policy: Policy;
  readonly focus: RulePath;
}

/** Appends a rule to a group. A single rule or a "not" first becomes an "all" group. */
export function addRule(policy: Policy, path: RulePath, rule: Rule): TreeEdit {
  const target = ruleAt(policy, path);
  if (!target) return { policy, focus: path };
  const members = groupMembers(target);
  if (!members) return { policy: replacePart(policy, path, { all: [target, rule] }), focus: [...path, 'all', 1] };
  const kind = 'all' in target ? 'all' : 'any';
  return { policy: replacePart(policy, path, makeGroup(kind, [...members, rule])), focus: [...path, kind, members.length] };
}

/** Removes a rule, and with it any "not" or "any" that would be left empty. */
export function removeRule(policy: Policy, path: RulePath): TreeEdit {
  if (isRoot(path)) return { policy: replacePart(policy, path, { all: [] }), focus: path };
  const location = locate(policy, path);
  if (!location) return removeRule(policy, path.slice(0, -1));
  const remaining = location.members.filter((_, at) => at !== location.at);
  if (remaining.length === 0 && location.kind === 'any') return removeRule(policy, location.group);
  const next = [...location.group, location.kind, Math.min(location.at, remaining.length - 1)];
  return { policy: replacePart(policy, location.group, makeGroup(location.kind, remaining)), focus: remaining.length === 0 ? location.group : next };
}

/** Moves a rule one position up or down; at the edge it moves out of its group. Unchanged if it cannot move. */
export function moveRule(policy: Policy, path: RulePath, step: -1 | 1): TreeEdit {
  const location = locate(policy, path);
  const moved = ruleAt(policy, path);
  if (!location || !moved) return { policy, focus: path };
  const to = location.at + step;
  if (to >= 0 && to < location.members.length) {
    const members = insertAt(without(location.members, location.at), to, moved);
    return { policy: replacePart(policy, location.group, makeGroup(location.kind, members)), focus: [...location.group, location.kind, to] };
  }
  return stepOut(policy, path, { step, moved });
}

/** Wraps a rule in a new group. */
export function wrapRule(policy: Policy, path: RulePath, kind: GroupKind): TreeEdit {
  const rule = ruleAt(policy, path);
  return rule ? { policy: replacePart(policy, path, makeGroup(kind, [rule])), focus: [...path, kind, 0] } : { policy, focus: path };
}

/** Replaces a group by its members. Works inside a group, or if the group has exactly one member; otherwise unchanged. */
export function unwrapGroup(policy: Policy, path: RulePath): TreeEdit {
  const group = ruleAt(policy, path);
  const members = group && groupMembers(group);
  if (!members) return { policy, focus: path };
  const [only] = members;
  if (members.length === 1 && only) return { policy: replacePart(policy, path, only), focus: path };
  const location = locate(policy, path);
  if (!location) return { policy, focus: path };
  const flattened = [...location.members.slice(0, location.at), ...members, ...location.members.slice(location.at + 1)];
  return { policy: replacePart(policy, location.group, makeGroup(location.kind, flattened)), focus: path };
}

/** Adds a "not" around a rule, or removes it. */
export function negateRule(policy: Policy, path: RulePath): TreeEdit {
  const rule = ruleAt(policy, path);
  if (!rule) return { policy, focus: path };
  return { policy: replacePart(policy, path, 'not' in rule ? rule.not : { not: rule }), focus: path };
}

/** Changes the kind of a group, "all" or "any"; the members stay. */
export function setGroupKind(policy: Policy, path: RulePath, kind: GroupKind): TreeEdit {
  const rule = ruleAt(policy, path);
  const members = rule && groupMembers(rule);
  return members ? { policy: replacePart(policy, path, makeGroup(kind, members)), focus: path } : { policy, focus: path };
}

/** Duplicates a rule, right after the original. */
export function duplicateRule(policy: Policy, path: RulePath): TreeEdit {
  const location = locate(policy, path);
  const rule = ruleAt(policy, path);
  if (!rule) return { policy, focus: path };
  if (!location) return addRule(policy, path, rule);
  const members = insertAt(location.members, location.at + 1, structuredClone(rule));
  return {
    policy: replacePart(policy, location.group, makeGroup(location.kind, members)),
    focus: [...location.group, location.kind, location.at + 1],
  };
}

interface Location {
  readonly group: RulePath;
  readonly kind: GroupKind;
  readonly members: readonly Rule[];
  readonly at: number;
}

/** The group and the index of a rule; undefined for the root and for the rule inside a "not". */
function locate(policy: Policy, path: RulePath): Location | undefined {
  const at = path.at(-1);
  if (typeof at !== 'number' || isRoot(path)) return undefined;
  const group = path.slice(0, -2);
  const rule = ruleAt(policy, group);
  if (!rule || !('all' in rule || 'any' in rule)) return undefined;
  return { group, kind: kindOfGroup(rule), members: groupMembers(rule) ?? [], at };
}

function stepOut(policy: Policy, path: RulePath, { step, moved }: { readonly step: -1 | 1; readonly moved: Rule }): TreeEdit {
  const location = locate(policy, path);
  const outer = location && locate(policy, location.group);
  if (!location || !outer) return { policy, focus: path };
  const remaining = without(location.members, location.at);
  const isEmpty = remaining.length === 0;
  const around = isEmpty
    ? without(outer.members, outer.at)
    : outer.members.map((one, at) => (at === outer.at ? makeGroup(location.kind, remaining) : one));
  const to = outer.at + (step === 1 && !isEmpty ? 1 : 0);
  return {
    policy: replacePart(policy, outer.group, makeGroup(outer.kind, insertAt(around, to, moved))),
    focus: [...outer.group, outer.kind, to],
  };
}

const without = (members: readonly Rule[], at: number) => members.filter((_, index) => index !== at);
const insertAt = (members: readonly Rule[], at: number, rule: Rule) => [...members.slice(0, at), rule, ...members.slice(at)];
