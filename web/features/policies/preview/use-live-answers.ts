import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { isPassing } from '#web/lib/problem.ts';
import { useSettled } from '#web/lib/use-settled.ts';
import { policyClient } from '../editor/policy-client.ts';

/** How far ahead a draft is proved while it is written: as far as saving asks, so that saving has nothing left to prove. */
const DAYS_AHEAD = 90;
/** A proof may play many days forward: it is asked for only once the hand rests. */
const RESTS_AFTER_MS = 900;
const QUIET_RETRIES = 1;

/** What is asked about: the document as JSON, compact, so that equal documents are one question. */
interface Asked {
  readonly document: string;
  readonly familyId: string | undefined;
  readonly playlists: number;
}

/**
 * What the server says of a draft as it is written: its problems and counts, the list it would make, and last, because it takes longest, whether
 * the days to come can be filled. A question that was overtaken is taken back; the last answers stay until new ones are there.
 */
export function useLiveAnswers(asked: Asked) {
  const document = useSettled(asked.document);
  const { familyId, playlists } = asked;
  const about = familyId ? { familyId } : {};
  const common = {
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    retry: (tries: number, error: unknown) => tries < QUIET_RETRIES && isPassing(error),
  };
  const check = useQuery({
    ...common,
    queryKey: ['policy-check', familyId, document],
    queryFn: ({ signal }) => policyClient.policies.check.query({ body: JSON.parse(document), ...about, feasibility: false }, { signal }),
  });
  const isSound = check.data !== undefined && !check.isPlaceholderData && check.data.problems.length === 0;
  const preview = useQuery({
    ...common,
    queryKey: ['policy-preview', familyId, document],
    queryFn: ({ signal }) => policyClient.policies.preview.query({ body: JSON.parse(document), ...about }, { signal }),
    enabled: isSound,
  });
  const rested = useSettled(isSound ? document : null, RESTS_AFTER_MS);
  const verdict = useQuery({
    ...common,
    queryKey: ['policy-verdict', familyId, playlists, rested],
    queryFn: async ({ signal }) => {
      const body: unknown = JSON.parse(rested ?? 'null');
      const said = await policyClient.policies.check.query({ body, ...about, playlists: Math.max(1, playlists), days: DAYS_AHEAD }, { signal });
      return said.feasibility;
    },
    enabled: rested !== null,
  });
  const isCurrent = document === asked.document && !check.isPlaceholderData && !check.isPending;
  const isProved = isCurrent && rested === document && verdict.isSuccess && !verdict.isPlaceholderData;
  return { check, preview, isCurrent, isSound, verdict, feasibility: isProved ? verdict.data : undefined };
}

export type LiveAnswers = ReturnType<typeof useLiveAnswers>;
