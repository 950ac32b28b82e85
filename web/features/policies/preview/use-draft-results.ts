import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { QueryKey } from '@tanstack/react-query';
import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import { queryClient } from '#web/lib/trpc.ts';
import { isTransientProblem } from '#web/lib/problem.ts';
import { useDebounced } from '#web/lib/use-debounced.ts';
import { policyClient, policyStream } from '../editor/policy-client.ts';

/** Days that the feasibility check covers while a draft is edited: the same as on saving, so that saving has nothing left to check. */
const DAYS_AHEAD = 90;
/** The feasibility check may simulate many days: it starts only after this long without an edit. */
const IDLE_MS = 900;
const RETRIES = 1;

/** The policy to check. `document` is compact JSON, so that equal documents share one query. */
interface DraftQuery {
  readonly document: string;
  readonly familyId: string | undefined;
  readonly playlists: number;
}

/**
 * The server's results for a draft while it is edited: problems and counts, a preview of today's list, and last, because they take longest,
 * the level of the coming lists and the feasibility of the coming days, with its progress. An outdated request is aborted; previous results stay until new ones arrive.
 */
export function useDraftResults(draft: DraftQuery) {
  const document = useDebounced(draft.document);
  const { familyId, playlists } = draft;
  const familyPart = familyId ? { familyId } : {};
  const common = {
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    retry: (tries: number, error: unknown) => tries < RETRIES && isTransientProblem(error),
  };
  const check = useQuery({
    ...common,
    queryKey: ['policy-check', familyId, document],
    queryFn: ({ signal }) =>
      policyClient.playlistAdmin.policies.check.query({ body: JSON.parse(document), ...familyPart, feasibility: false }, { signal }),
  });
  const isValid = check.data !== undefined && !check.isPlaceholderData && check.data.problems.length === 0;
  const preview = useQuery({
    ...common,
    queryKey: ['policy-preview', familyId, document],
    queryFn: ({ signal }) => policyClient.playlistAdmin.policies.preview.query({ body: JSON.parse(document), ...familyPart }, { signal }),
    enabled: isValid,
  });
  const idleDocument = useDebounced(isValid ? document : null, IDLE_MS);
  const feasibilityQuery = useQuery({
    ...common,
    queryKey: ['policy-feasibility', familyId, playlists, idleDocument],
    queryFn: ({ signal, queryKey }) => {
      const body: unknown = JSON.parse(idleDocument ?? 'null');
      return followCheck(queryKey, () =>
        policyStream.playlistAdmin.policies.watch.query({ body, ...familyPart, playlists: Math.max(1, playlists), days: DAYS_AHEAD }, { signal }),
      );
    },
    enabled: idleDocument !== null,
  });
  const window = useQuery({
    ...common,
    queryKey: ['policy-window', familyId, idleDocument],
    queryFn: ({ signal }) =>
      policyClient.playlistAdmin.policies.window.query({ body: JSON.parse(idleDocument ?? 'null'), ...familyPart }, { signal }),
    enabled: idleDocument !== null && isOfVersionTwo(idleDocument),
  });
  const isCurrent = document === draft.document && !check.isPlaceholderData && !check.isPending;
  const isChecked = isCurrent && idleDocument === document && feasibilityQuery.isSuccess && !feasibilityQuery.isPlaceholderData;
  return { check, preview, window, isCurrent, isValid, feasibilityQuery, feasibility: isChecked ? feasibilityQuery.data : undefined };
}

/** Only lists that are chosen as a whole have a level. */
function isOfVersionTwo(document: string): boolean {
  const value: unknown = JSON.parse(document);
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 2;
}

/** Shows every state of the check as it comes, and returns the last. Throws when the connection ends before it. */
async function followCheck(queryKey: QueryKey, start: () => Promise<AsyncIterable<FeasibilityCheckView>>): Promise<FeasibilityCheckView> {
  for await (const state of await start()) {
    if (state.stage === null) return state;
    queryClient.setQueryData(queryKey, state);
  }
  throw new Error('The check ended without a result.');
}

export type DraftResults = ReturnType<typeof useDraftResults>;
