import type { AssetDependent } from '#shared/contracts/studio/library/asset-views.ts';

const NAMES_SHOWN = 3;

/** What becomes of everything that depends on deleted assets, a sentence for each kind. */
export function deletionWords(dependents: readonly AssetDependent[], count: number): readonly string[] {
  const it = count === 1 ? 'it' : 'them';
  const of = (kind: AssetDependent['kind']) => dependents.filter((each) => each.kind === kind);
  const [made, covers, collections, links] = [of('asset'), of('cover'), of('collection'), of('short_link')];
  const [renders, shared] = [of('render'), of('shared')];
  return [
    made.length > 0 && `${plural(made.length, 'picture or video', 'pictures and videos')} made from ${it} ${made.length === 1 ? 'stays' : 'stay'}.`,
    covers.length > 0 && `${listed('cover', covers)} ${covers.length === 1 ? 'keeps' : 'keep'} showing ${it}.`,
    collections.length > 0 && `${listed('collection', collections)} will not show ${it}.`,
    renders.length > 0 &&
      `${plural(renders.length, 'render', 'renders')} in progress ${renders.length === 1 ? 'starts' : 'start'} from ${it} and ${renders.length === 1 ? 'goes' : 'go'} on.`,
    shared.length > 0 &&
      `${count === 1 ? 'It is shared' : `${shared.length} of them ${shared.length === 1 ? 'is' : 'are'} shared`}: nobody else will see ${it} any more.`,
    links.length > 0 && `${plural(links.length, 'short link', 'short links')} will stop working.`,
  ].filter((sentence) => sentence !== false);
}

function listed(kind: 'cover' | 'collection', dependents: readonly AssetDependent[]): string {
  const names = dependents.slice(0, NAMES_SHOWN).map(({ name }) => (name === null ? 'without a title' : `“${name}”`));
  const more = dependents.length - names.length;
  const all = more > 0 ? [...names, `${more} more`] : names;
  const text = all.length === 1 ? all[0] : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
  return `The ${kind}${dependents.length === 1 ? '' : 's'} ${text}`;
}

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
