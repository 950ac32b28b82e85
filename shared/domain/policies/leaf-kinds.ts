import { DATE_FIELDS, FLAG_FIELDS, TAG_FIELDS, TEXT_FIELDS } from '#shared/domain/catalog/fields.ts';
import type { DateRule, FlagRule, LeafRule, NumberRule, SourceRule, TagRule, TextRule } from '#shared/contracts/policies/policy.ts';

/** A leaf by its kind of value. A switch over `kind` that misses one does not compile. */
export type KnownLeaf =
  | { readonly kind: 'number'; readonly leaf: NumberRule }
  | { readonly kind: 'date'; readonly leaf: DateRule }
  | { readonly kind: 'flag'; readonly leaf: FlagRule }
  | { readonly kind: 'text'; readonly leaf: TextRule }
  | { readonly kind: 'tag'; readonly leaf: TagRule }
  | { readonly kind: 'source'; readonly leaf: SourceRule };

/** Determines a leaf's kind by its field. */
export function kindOf(leaf: LeafRule): KnownLeaf {
  if (isOf<DateRule>(leaf, DATE_FIELDS)) return { kind: 'date', leaf };
  if (isOf<FlagRule>(leaf, FLAG_FIELDS)) return { kind: 'flag', leaf };
  if (isOf<TextRule>(leaf, TEXT_FIELDS)) return { kind: 'text', leaf };
  if (isOf<TagRule>(leaf, TAG_FIELDS)) return { kind: 'tag', leaf };
  if (isOf<SourceRule>(leaf, ['features_source'])) return { kind: 'source', leaf };
  return { kind: 'number', leaf };
}

function isOf<L extends LeafRule>(leaf: LeafRule, fields: readonly L['field'][]): leaf is L {
  return fields.some((field) => field === leaf.field);
}
