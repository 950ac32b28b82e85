import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReconnectOfferView } from '#shared/contracts/accounts/accounts.ts';
import { ConnectProblem } from '#web/features/accounts/connect-problem.tsx';
import { dayName } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { isPassing } from '#web/lib/problem.ts';
import { client, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { EmptyState, ErrorState, Refusal, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './reconnect-page.module.css';

const route = getRouteApi('/reconnect');

/** For the owner of an account, who follows a link and needs no sign-in here: whose account it is, one button, and thanks. */
export function ReconnectPage() {
  usePageTitle('Reconnect');
  const { done, problem, note } = route.useSearch();
  // The secret stands behind the #: browsers send that to nobody, so no log has it.
  const [token] = useState(() => location.hash.slice(1));
  return (
    <div className={`wrap ${styles['page']}`}>
      {problem ? <ConnectProblem problem={problem} note={note} /> : null}
      {done ? <Thanks accountId={done} /> : token ? <Offer token={token} /> : <NoLink isAgain={problem !== undefined} />}
    </div>
  );
}

function Offer({ token }: { readonly token: string }) {
  const offer = useQuery({
    queryKey: ['reconnect', token],
    queryFn: () => client.accounts.lookAtReconnectLink.mutate({ token }),
    staleTime: Infinity,
    retry: false,
  });
  if (offer.data) return <Agree offer={offer.data} token={token} />;
  if (offer.error && isPassing(offer.error))
    return <ErrorState isPage error={offer.error} what="This link could not be looked at." onRetry={() => void offer.refetch()} />;
  if (offer.error) return <ErrorState isPage error={offer.error} what="This link opens nothing." />;
  return (
    <h1 aria-busy>
      <TitleSkeleton width="14em" />
    </h1>
  );
}

function Agree({ offer, token }: { readonly offer: ReconnectOfferView; readonly token: string }) {
  const go = useMutation({ mutationFn: () => addressAtSpotify(token), onSuccess: (address) => location.assign(address) });
  return (
    <>
      <h1>Let {offer.displayName} carry its playlists for six more months.</h1>
      <p className={styles['say']}>
        {offer.playlists > 0 ? `${plural(offer.playlists, 'playlist')} of this network ${offer.playlists === 1 ? 'stands' : 'stand'} on it. ` : ''}
        Spotify asks the owner of an account again every six months. Press the button, sign in to Spotify as <b>{offer.displayName}</b> and agree:
        that is all, and you need no account here.
      </p>
      <Button look="primary" size="big" working={go.isPending || go.isSuccess ? 'Opening Spotify…' : false} onClick={() => go.mutate()}>
        Go to Spotify and agree
      </Button>
      {go.error ? <Refusal error={go.error} /> : null}
      <p className={styles['small']}>
        Only playlists that the network makes are written to; nothing else of yours is touched. The link works once, until {dayName(offer.expiresAt)}.
      </p>
    </>
  );
}

/** The house remembers this browser by a cookie and says where to go. Throws what `describeProblem` can put in words. */
async function addressAtSpotify(token: string): Promise<string> {
  const answer = await fetch('/auth/spotify/reconnect', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const body = (await answer.json()) as { readonly authorizeUrl?: string; readonly error?: unknown };
  if (body.authorizeUrl === undefined) throw Object.assign(new Error('refused'), { data: { error: body.error } });
  return body.authorizeUrl;
}

function Thanks({ accountId }: { readonly accountId: string }) {
  const page = useQuery(trpc.accounts.publicPage.queryOptions(accountId ? { accountId } : skipToken));
  return (
    <>
      <h1>Thank you. {page.data ? `${page.data.displayName} is connected again.` : 'The account is connected again.'}</h1>
      <p className={styles['say']}>Its playlists are written every morning, for six more months. You can close this page.</p>
      <Link to="/accounts/$accountId" params={{ accountId }} className={buttonClass()}>
        See what it carries
      </Link>
    </>
  );
}

function NoLink({ isAgain }: { readonly isAgain: boolean }) {
  return (
    <EmptyState isPage title={isAgain ? 'Open the link from your message again.' : 'This page needs the link that was sent to you.'}>
      {isAgain ? 'It still works: nothing was used up.' : 'Open it whole, with everything after the #. If it is lost, ask for a new one.'}
    </EmptyState>
  );
}
