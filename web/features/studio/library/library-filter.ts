import type { AssetFacets } from '#shared/contracts/studio/library/asset-views.ts';
import type { ListAssetsInput } from '#shared/contracts/studio/library/assets.ts';
import type { CollectionView } from '#shared/contracts/studio/library/collections.ts';
import { COLOR_WORDS, STUDIO_TASKS } from '#shared/vocabulary.ts';
import type { ColorWord, StudioTask } from '#shared/vocabulary.ts';
import { oneOf, textSearch } from '#web/app/search-params.ts';
import type { RawSearch } from '#web/app/search-params.ts';
import { dayName } from '#web/lib/dates.ts';

/** The filters of the library as its address has them. */
export interface LibraryFilter {
  readonly q?: string | undefined;
  readonly task?: StudioTask | undefined;
  readonly model?: string | undefined;
  readonly lora?: string | undefined;
  readonly color?: ColorWord | undefined;
  readonly kind?: 'image' | 'video' | undefined;
  readonly since?: string | undefined;
  readonly starred?: boolean | undefined;
  readonly collection?: string | undefined;
  readonly deleted?: boolean | undefined;
}

/** Reads the filters of an address; what is not valid is left out. */
export function readLibraryFilter(raw: RawSearch): LibraryFilter {
  const day = typeof raw['since'] === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(raw['since']) ? raw['since'] : undefined;
  const collection = typeof raw['collection'] === 'string' && /^[0-9a-f-]{36}$/u.test(raw['collection']) ? raw['collection'] : undefined;
  return {
    q: textSearch(raw['q']),
    task: oneOf(STUDIO_TASKS, raw['task']),
    model: textSearch(raw['model']),
    lora: textSearch(raw['lora']),
    color: oneOf(COLOR_WORDS, raw['color']),
    kind: oneOf(['image', 'video'] as const, raw['kind']),
    since: day,
    starred: raw['starred'] === true ? true : undefined,
    collection,
    deleted: raw['deleted'] === true ? true : undefined,
  };
}

/** The same filters as the server takes them. */
export function filterInput({
  q,
  task,
  model,
  lora,
  color,
  kind,
  since,
  starred,
  collection,
  deleted,
}: LibraryFilter): Omit<ListAssetsInput, 'limit' | 'cursor'> {
  return {
    deleted: deleted ?? false,
    ...(q === undefined ? {} : { search: q }),
    ...(task && { tasks: [task] }),
    ...(model === undefined ? {} : { models: [model] }),
    ...(lora === undefined ? {} : { loras: [lora] }),
    ...(color && { colors: [color] }),
    ...(kind && { kind }),
    ...(since === undefined ? {} : { since: `${since}T00:00:00.000Z` }),
    ...(starred === undefined ? {} : { starred }),
    ...(collection === undefined ? {} : { collectionId: collection as ListAssetsInput['collectionId'] & string }),
  };
}

export const TASK_WORDS: Readonly<Record<StudioTask, string>> = {
  text_to_image: 'Text to picture',
  image_to_image: 'Picture to picture',
  inpaint: 'Repainted',
  image_to_video: 'Picture to video',
};

/** The filters that are on, each with the words of a button that removes it. */
export function activeFilters(
  filter: LibraryFilter,
  facets: AssetFacets | undefined,
  collections: readonly CollectionView[] | undefined,
): readonly { readonly key: keyof LibraryFilter; readonly words: string }[] {
  const words: Partial<Record<keyof LibraryFilter, string>> = {
    ...(filter.task && { task: TASK_WORDS[filter.task] }),
    ...(filter.model && { model: facets?.models.find(({ id }) => id === filter.model)?.label ?? filter.model }),
    ...(filter.lora && { lora: facets?.loras.find(({ id }) => id === filter.lora)?.name ?? filter.lora }),
    ...(filter.color && { color: `mainly ${filter.color}` }),
    ...(filter.kind && { kind: filter.kind === 'image' ? 'Pictures' : 'Videos' }),
    ...(filter.since && { since: `Since ${dayName(filter.since)}` }),
    ...(filter.starred && { starred: 'Starred' }),
    ...(filter.collection && { collection: collections?.find(({ id }) => id === filter.collection)?.name ?? 'Collection' }),
  };
  return Object.entries(words).map(([key, text]) => ({ key: key as keyof LibraryFilter, words: text }));
}
