import type { CertificateView, PlaylistShownView, PlaylistView } from '#shared/contracts/playlists/playlist-views.ts';
import { clockTime, dayAndTime, dayName } from '#web/lib/dates.ts';
import { joinNames, plural } from '#web/lib/words.ts';
import type { Tone } from '#web/ui/feedback/status-text.tsx';

/** One sentence about what Spotify shows. `see` is the other list to look at. */
export interface ShownNotice {
  readonly tone: Tone;
  readonly text: string;
  readonly see?: { readonly label: string; readonly day: string | undefined; readonly list: 'made' | undefined };
}

/** Everything that a visitor must know about how the page relates to Spotify, most important first. Empty when Spotify shows exactly this list. */
export function describeNotices({ card, shown }: Pick<PlaylistView, 'card' | 'shown'>): ShownNotice[] {
  if (card.day === null) return [];
  if (shown.status !== 'shown') return [describeMissing(shown, card.day)];
  if (!shown.isPresented) {
    return [
      {
        tone: 'soon',
        text: `The list made for ${dayName(card.day)} is not on Spotify. Spotify shows the list from ${nameOf(shown.listDay)}.`,
        see: { label: 'See what Spotify shows', day: undefined, list: undefined },
      },
    ];
  }
  return [...describeRollback(shown), ...describeWaiting(shown), ...describeEdits(shown), ...describeDoubts(shown)];
}

/** "On Spotify since 2 November, 05:10 UTC. Last read today, 04:11 UTC." */
export function describeSince({ since, readAt }: PlaylistShownView, today: string): string | null {
  if (since === null || readAt === null) return null;
  const read = readAt === since ? '' : ` Last read ${dayAndTime(readAt, today)}.`;
  return `On Spotify since ${dayAndTime(since, today)}.${read}`;
}

/** Why a certificate cannot promise freshness: "50 repeats: shown again by the operator on 2 November". Null when it can. */
export function describeRepeats({ violations, rollback, day }: CertificateView): string | null {
  if (violations === 0) return null;
  return rollback === null
    ? `${plural(violations, 'repeat')} found`
    : `${plural(violations, 'repeat')}: shown again by the operator on ${dayName(day)}`;
}

function describeMissing({ status, since, unconfirmedSince }: PlaylistShownView, day: string): ShownNotice {
  const when = since === null ? '' : ` since ${dayName(since)}, ${clockTime(since)} UTC`;
  if (status === 'deleted') return { tone: 'bad', text: `Not on Spotify${when}: it was deleted there. This is the list made for ${dayName(day)}.` };
  if (status === 'unknown') {
    const text = `Unknown${when} what Spotify shows: the account no longer belongs to Segue. This is the list made for ${dayName(day)}.`;
    return { tone: 'soon', text };
  }
  if (unconfirmedSince !== null) {
    const text = `An update began at ${clockTime(unconfirmedSince)} UTC and is not confirmed. This is the list made for ${dayName(day)}.`;
    return { tone: 'soon', text };
  }
  return { tone: 'quiet', text: `Not on Spotify yet. This is the list made for ${dayName(day)}.` };
}

function describeRollback({ rollback, day, listDay }: PlaylistShownView): ShownNotice[] {
  if (rollback === null || day === null) return [];
  const why = rollback.reason === null ? '' : ` Reason: ${rollback.reason}`;
  return [
    {
      tone: 'soon',
      text: `Rolled back: on ${dayName(day)} the operator showed the list from ${nameOf(listDay)} again.${why}`,
      see: { label: `See the list made for ${dayName(day)}`, day, list: 'made' },
    },
  ];
}

function describeWaiting({ waitingDay, listDay }: PlaylistShownView): ShownNotice[] {
  if (waitingDay === null) return [];
  return [
    {
      tone: 'soon',
      text: `The list made for ${dayName(waitingDay)} is not on Spotify. Spotify shows the list from ${nameOf(listDay)}.`,
      see: { label: 'See the newer list', day: waitingDay, list: 'made' },
    },
  ];
}

function describeEdits({ added, removed, isReordered }: PlaylistShownView): ShownNotice[] {
  const changes = [
    ...(added.length > 0 ? [`${plural(added.length, 'track')} added`] : []),
    ...(removed.length > 0 ? [`${plural(removed.length, 'track')} removed`] : []),
    ...(isReordered ? ['order changed'] : []),
  ];
  if (changes.length === 0) return [];
  return [{ tone: 'soon', text: `Edited on Spotify: ${joinNames(changes)}. The edit is not covered by the certificate.` }];
}

function describeDoubts({ unconfirmedSince, copies }: PlaylistShownView): ShownNotice[] {
  const others = copies.filter(({ status, isSame }) => status === 'shown' && !isSame);
  const unread = copies.filter(({ isReadable, status }) => status === 'shown' && !isReadable);
  return [
    ...(unconfirmedSince === null
      ? []
      : [
          {
            tone: 'soon',
            text: `An update began at ${clockTime(unconfirmedSince)} UTC and is not confirmed. Spotify may show parts of both lists.`,
          } as const,
        ]),
    ...others.map(({ account, listDay, isEdited }): ShownNotice => ({
      tone: 'soon',
      text: `${account} shows the list from ${nameOf(listDay)}${isEdited ? ', edited on Spotify' : ''}.`,
    })),
    ...unread.map(({ account, readAt }): ShownNotice => ({
      tone: 'soon',
      text: `${account} cannot be read now. Last read on ${readAt === null ? 'an unknown day' : `${dayName(readAt)}, ${clockTime(readAt)} UTC`}.`,
    })),
  ];
}

const nameOf = (day: string | null): string => (day === null ? 'an unknown day' : dayName(day));
