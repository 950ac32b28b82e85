import type { ScalingAction } from '#shared/contracts/scaling/scaling.ts';
import { isLost } from '#shared/domain/accounts/hosting.ts';
import type { HostingAccount } from '#shared/domain/accounts/hosting.ts';
import type { RendezvousMoves, Hosting } from './rendezvous.ts';
import type { ScalingFacts, ScalingReplica } from './scaling-facts.ts';
import type { ScalingPlaylist } from './scaling-lists.ts';

type Place = Extract<ScalingAction, { kind: 'place_replica' }>;
type Leave = Extract<ScalingAction, { kind: 'retire_replica' }>;

/**
 * The moves as plan actions. A new copy is placed first, and the replica it replaces is removed once the copy is on Spotify, so that no playlist is ever
 * missing. A replica is removed at once when its account is lost or its playlist retired.
 */
export function moveReplicas(facts: ScalingFacts, moves: RendezvousMoves, retired: ReadonlySet<string>): ScalingAction[] {
  const builder = new MoveBuilder(facts, moves, retired);
  const leaves = facts.replicas.flatMap((replica) => builder.leaveOf(replica));
  return [...moves.add.flatMap((place) => builder.placeOf(place)), ...leaves];
}

class MoveBuilder {
  readonly #facts: ScalingFacts;
  readonly #retired: ReadonlySet<string>;
  readonly #playlists: ReadonlyMap<string, ScalingPlaylist>;
  readonly #accounts: ReadonlyMap<string, HostingAccount>;
  readonly #replicas: ReadonlyMap<string, readonly ScalingReplica[]>;
  /** Playlists that get another copy. */
  readonly #arriving: ReadonlySet<string>;
  readonly #leaving: ReadonlySet<string>;
  /** Replicas to be replaced that no new copy replaces yet, by playlist. */
  readonly #outgoing = new Map<string, ScalingReplica[]>();

  constructor(facts: ScalingFacts, moves: RendezvousMoves, retired: ReadonlySet<string>) {
    this.#facts = facts;
    this.#retired = retired;
    this.#playlists = new Map(facts.playlists.map((playlist) => [playlist.id, playlist]));
    this.#accounts = new Map(facts.accounts.map((account) => [account.id, account]));
    this.#replicas = byPlaylist(facts.replicas);
    const arriving = new Set(moves.add.map(keyOf));
    this.#arriving = new Set(moves.add.map((place) => place.playlistId));
    const leaving = new Set(moves.remove.map(keyOf));
    // Replicas that an earlier plan replaced are still removed, unless this plan places them again.
    for (const replica of facts.replicas) if (replica.isLeaving && !arriving.has(keyOfReplica(replica))) leaving.add(keyOfReplica(replica));
    this.#leaving = leaving;
    for (const replica of facts.replicas)
      if (!replica.isLeaving && leaving.has(keyOfReplica(replica)) && !this.#isRemovedNow(replica)) this.#queue(replica);
  }

  placeOf({ playlistId, accountId }: Hosting): Place[] {
    const playlist = this.#playlists.get(playlistId);
    const account = this.#accounts.get(accountId);
    if (!playlist || !account) return [];
    const replaced = this.#outgoing.get(playlistId)?.shift();
    const from = replaced && this.#accounts.get(replaced.accountId)?.displayName;
    const place = { kind: 'place_replica', playlistId, index: playlist.index, accountId, account: account.displayName } as const;
    const replaces = replaced && from !== undefined ? { replaces: { replicaId: replaced.id, account: from } } : {};
    return [{ ...place, ...replaces, why: this.#whyPlaced(playlistId, account, from) }];
  }

  leaveOf(replica: ScalingReplica): Leave[] {
    const { id, playlistId, accountId } = replica;
    const account = this.#accounts.get(accountId);
    const playlist = this.#playlists.get(playlistId);
    if (!account || !playlist || !this.#leaving.has(keyOfReplica(replica))) return [];
    if (!this.#isRemovedNow(replica) && !this.#isReplaced(playlistId)) return [];
    const why = this.#whyLeft(replica, account);
    return [{ kind: 'retire_replica', replicaId: id, playlistId, index: playlist.index, accountId, account: account.displayName, why }];
  }

  #whyPlaced(playlistId: string, account: HostingAccount, from: string | undefined): string {
    if (!this.#replicas.has(playlistId)) return 'Not hosted on any account yet.';
    if (from !== undefined)
      return `${account.displayName} ranks highest for it among accounts with a free slot. The copy on ${from} is removed once this one is on Spotify.`;
    return `${account.displayName} ranks highest for it among accounts with a free slot.`;
  }

  #whyLeft({ playlistId }: ScalingReplica, account: HostingAccount): string {
    if (this.#retired.has(playlistId)) return 'Its playlist is retired.';
    return isLost(account, this.#facts.settings) ? `${account.displayName} has been unusable for too long.` : 'Its replacement is on Spotify.';
  }

  #isRemovedNow({ playlistId, accountId }: ScalingReplica): boolean {
    const account = this.#accounts.get(accountId);
    return this.#retired.has(playlistId) || account === undefined || isLost(account, this.#facts.settings);
  }

  /** All staying replicas are on Spotify and no further copy is planned. */
  #isReplaced(playlistId: string): boolean {
    const staying = (this.#replicas.get(playlistId) ?? []).filter((one) => !this.#leaving.has(keyOfReplica(one)));
    return !this.#arriving.has(playlistId) && staying.length > 0 && staying.every((one) => one.isLive);
  }

  #queue(replica: ScalingReplica): void {
    this.#outgoing.set(replica.playlistId, [...(this.#outgoing.get(replica.playlistId) ?? []), replica]);
  }
}

function byPlaylist(replicas: readonly ScalingReplica[]): Map<string, ScalingReplica[]> {
  const groups = new Map<string, ScalingReplica[]>();
  for (const replica of replicas) {
    const known = groups.get(replica.playlistId);
    if (known) known.push(replica);
    else groups.set(replica.playlistId, [replica]);
  }
  return groups;
}

const keyOf = ({ playlistId, accountId }: Hosting) => `${playlistId}|${accountId}`;
const keyOfReplica = ({ playlistId, accountId }: ScalingReplica) => `${playlistId}|${accountId}`;
