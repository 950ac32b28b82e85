import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReconnectOfferView } from '#shared/contracts/accounts/accounts.ts';
import { ConnectProblem } from '#web/features/accounts/connect-problem.tsx';
import { dayName } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { isTransientProblem } from '#web/lib/problem.ts';
import { client, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { EmptyState, ErrorState, InlineError, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './reconnect-page.module.css';

const route = getRouteApi('/reconnect');

/** Lets the owner of an account re-authorize it through a reconnect link, without signing in to Segue. */
export function ReconnectPage() {
  usePageTitle('Re-authorize');
  const { done, problem, note } = route.useSearch();
  // The secret is in the URL fragment, which browsers never send, so it is in no log.
  const [token] = useState(() => location.hash.slice(1));
  return (
    <div className={`wrap ${styles['page']}`}>
      {problem ? <ConnectProblem problem={problem} note={note} /> : null}
      {done ? <Thanks accountId={done} /> : token ? <Offer token={token} /> : <NoLink isRetry={problem !== undefined} />}
    </div>
  );
}

function Offer({ token }: { readonly token: string }) {
  const offer = useQuery({
    queryKey: ['reconnect', token],
    queryFn: () => client.playlistAdmin.accounts.viewReconnectLink.mutate({ token }),
    staleTime: Infinity,
    retry: false,
  });
  if (offer.data) return <Authorize offer={offer.data} token={token} />;
  if (offer.error && isTransientProblem(offer.error))
    return <ErrorState isPage error={offer.error} what="Can’t check this link." onRetry={() => void offer.refetch()} />;
  if (offer.error) return <ErrorState isPage error={offer.error} what="This link is not valid." />;
  return (
    <h1 aria-busy>
      <TitleSkeleton width="14em" />
    </h1>
  );
}

function Authorize({ offer, token }: { readonly offer: ReconnectOfferView; readonly token: string }) {
  const begin = useMutation({ mutationFn: () => fetchAuthorizeUrl(token), onSuccess: (url) => location.assign(url) });
  return (
    <>
      <h1>Re-authorize {offer.displayName} for six more months</h1>
      <p className={styles['lead']}>
        {offer.playlists > 0 ? `This account hosts ${plural(offer.playlists, 'playlist')}. ` : ''}
        Spotify requires its owner to re-authorize Segue every six months. Continue to Spotify, sign in as <b>{offer.displayName}</b> and agree. You
        don’t need a Segue account.
      </p>
      <Button look="primary" size="big" working={begin.isPending || begin.isSuccess ? 'Opening Spotify…' : false} onClick={() => begin.mutate()}>
        Continue to Spotify
      </Button>
      {begin.error ? <InlineError error={begin.error} /> : null}
      <p className={styles['small']}>
        Segue changes only the playlists it creates and nothing else in your account. The link works once and expires on {dayName(offer.expiresAt)}.
      </p>
    </>
  );
}

/** Starts the consent flow: the server sets a cookie and returns Spotify's consent URL. Throws errors that `describeProblem` understands. */
async function fetchAuthorizeUrl(token: string): Promise<string> {
  const response = await fetch('/auth/spotify/reconnect', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const body = (await response.json()) as { readonly authorizeUrl?: string; readonly error?: unknown };
  if (body.authorizeUrl === undefined) throw Object.assign(new Error('refused'), { data: { error: body.error } });
  return body.authorizeUrl;
}

function Thanks({ accountId }: { readonly accountId: string }) {
  const page = useQuery(trpc.playlistAdmin.accounts.publicPage.queryOptions(accountId ? { accountId } : skipToken));
  return (
    <>
      <h1>Thank you. {page.data ? `${page.data.displayName} is re-authorized.` : 'The account is re-authorized.'}</h1>
      <p className={styles['lead']}>Segue updates its playlists every morning for six more months. You can close this page.</p>
      <Link to="/accounts/$accountId" params={{ accountId }} className={buttonClass()}>
        View its playlists
      </Link>
    </>
  );
}

function NoLink({ isRetry }: { readonly isRetry: boolean }) {
  return (
    <EmptyState isPage title={isRetry ? 'Open the link from your message again.' : 'Open the reconnect link you received.'}>
      {isRetry ? 'The link is still valid.' : 'Use the complete link, including everything after the #. If you don’t have it, ask for a new one.'}
    </EmptyState>
  );
}
