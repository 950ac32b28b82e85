import type { LeafRule, PolicyV2, Preference } from '#shared/contracts/policies/policy.ts';
import type { NumberField } from '#shared/domain/catalog/fields.ts';
import { EMPTY_LIST_POLICY } from '../empty-policy.ts';

/** A starting point for a new policy. It is complete and can be saved as it is. */
export interface PolicyTemplate {
  /** Stable: addresses of the editor name it. */
  readonly id: string;
  readonly name: string;
  /** The list that it makes, in one sentence. */
  readonly description: string;
  readonly policy: PolicyV2;
}

const whenUnknown = 'exclude' as const;

export const ruleAtLeast = (field: NumberField, value: number): LeafRule => ({ field, op: 'gte', value, whenUnknown });
export const ruleAtMost = (field: NumberField, value: number): LeafRule => ({ field, op: 'lte', value, whenUnknown });
export const ruleBetween = (field: NumberField, value: [number, number]): LeafRule => ({ field, op: 'between', value, whenUnknown });
export const ruleOfGenres = (...value: string[]): LeafRule => ({ field: 'genre', op: 'has_any', value, whenUnknown });

/** A target of the list: its mean and its standard deviation. */
export const targetOf = (field: NumberField, toward: number, spread: number): Preference => ({ field, toward, spread, weight: 1 });

type TemplateParts = Pick<PolicyTemplate, 'id' | 'name' | 'description'> & { readonly policy: Partial<Omit<PolicyV2, 'version'>> };

/** A template with the defaults of version 2. Its seed is its id, so that two templates over one pool draw different tracks. */
export function newTemplate({ policy, ...about }: TemplateParts): PolicyTemplate {
  return { ...about, policy: { ...EMPTY_LIST_POLICY, seed: about.id, ...policy } };
}
