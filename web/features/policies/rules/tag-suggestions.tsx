import { useQuery } from '@tanstack/react-query';
import { CAMELOT_CODES } from '#shared/domain/catalog/camelot.ts';
import { TAG_FIELDS } from '#shared/domain/catalog/fields.ts';
import { trpc } from '#web/lib/trpc.ts';

const FRESH_FOR_MS = 10 * 60_000;

/** Datalists for the tag inputs: genres and moods of the catalog, most frequent first, and the Camelot codes. */
export function TagSuggestions() {
  const tags = useQuery(trpc.playlistAdmin.policies.tags.queryOptions(undefined, { staleTime: FRESH_FOR_MS }));
  return TAG_FIELDS.map((kind) => (
    <datalist key={kind} id={`known-${kind}`}>
      {kind === 'camelot'
        ? CAMELOT_CODES.map((code) => <option key={code} value={code} />)
        : (tags.data?.[kind] ?? []).map((tag) => <option key={tag.name} value={tag.name} label={String(tag.recordings)} />)}
    </datalist>
  ));
}
