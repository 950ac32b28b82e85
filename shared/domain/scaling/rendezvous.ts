/** An account that can host replicas. */
export interface HostAccount {
  readonly id: string;
  /** Maximum number of replicas. */
  readonly capacity: number;
  /** Whether it accepts new replicas; otherwise it only keeps those it has. */
  readonly takesNew: boolean;
}

export interface Hosting {
  readonly playlistId: string;
  readonly accountId: string;
}

export interface RendezvousMoves {
  readonly add: readonly Hosting[];
  readonly remove: readonly Hosting[];
  /** Playlists with fewer copies than wanted, because no account has a free slot. */
  readonly short: readonly { readonly playlistId: string; readonly missing: number }[];
}

interface Network {
  readonly playlistIds: readonly string[];
  readonly accounts: readonly HostAccount[];
  /** Current replicas, also on accounts that are not in `accounts` any more; without those that have a replacement already. */
  readonly current: readonly Hosting[];
  /** Wanted number of copies of each playlist. */
  readonly copies: number;
  /** A hash of fixed length; the account with the greatest hash for a playlist is its first choice. */
  digest(text: string): string;
}

/**
 * Highest-random-weight (rendezvous) hashing with capacities: every playlist is hosted on the `copies` accounts with the greatest hash that have a free
 * slot (Thaler and Ravishankar 1998). Moves as few replicas as possible:
 *
 * Without capacity limits, exactly the copies whose first choices changed: a new account takes the playlists that rank it among their first `copies`, a
 * removed one gives away its own, a returning one gets back what it had. With capacity limits, a copy leaves an account only because
 * - the account is gone;
 * - the account holds too many: the copies that rank it lowest leave, as many as are too many;
 * - an account that ranks higher has a free slot;
 * - as a last resort, another copy would have no account at all: then an augmenting path moves as few copies as needed. No copy is left without an account
 *   while some arrangement has one for it.
 * In the result no copy could move to a higher-ranked account unless another leaves, so a second plan moves nothing.
 */
export function planRendezvous(network: Network): RendezvousMoves {
  const assignment = new Assignment(network);
  const short: { playlistId: string; missing: number }[] = [];
  assignment.evictExcess();
  let isMoving = true;
  while (isMoving) {
    // Missing copies come before better accounts.
    for (const playlistId of network.playlistIds) assignment.fill(playlistId);
    isMoving = false;
    for (const playlistId of network.playlistIds) isMoving = assignment.improve(playlistId) || isMoving;
  }
  for (const playlistId of network.playlistIds) {
    while (assignment.missing(playlistId) > 0 && assignment.augment(playlistId));
    const missing = assignment.missing(playlistId);
    if (missing > 0) short.push({ playlistId, missing });
  }
  return { ...assignment.difference(network.current), short };
}

/** An account on an augmenting path; `from` is the playlist that would move to it and the previous step. */
interface Step {
  readonly carrier: HostAccount;
  readonly from: { readonly step: Step; readonly playlistId: string } | undefined;
}

class Assignment {
  readonly #network: Network;
  readonly #freeSlots = new Map<string, number>();
  readonly #hosts = new Map<string, Set<string>>();
  readonly #choices = new Map<string, readonly HostAccount[]>();

  constructor(network: Network) {
    this.#network = network;
    for (const { id, capacity } of network.accounts) this.#freeSlots.set(id, capacity);
    const known = new Set(network.playlistIds);
    for (const { playlistId, accountId } of network.current) {
      if (!known.has(playlistId) || !this.#freeSlots.has(accountId)) continue;
      this.hostsOf(playlistId).add(accountId);
      this.#useSlot(accountId);
    }
  }

  hostsOf(playlistId: string): Set<string> {
    const hosts = this.#hosts.get(playlistId) ?? new Set<string>();
    this.#hosts.set(playlistId, hosts);
    return hosts;
  }

  missing(playlistId: string): number {
    return this.#network.copies - this.hostsOf(playlistId).size;
  }

  /**
   * Adds a copy of the playlist when every account without one is full: moves other copies along a shortest augmenting path. Returns whether it
   * succeeded.
   */
  augment(playlistId: string): boolean {
    if (!this.#network.accounts.some((carrier) => this.#hasFreeSlot(carrier))) return false;
    const seen = new Set<string>();
    let open = this.#stepsFrom(playlistId, undefined, seen);
    while (open.length > 0) {
      const last = open.find((step) => this.#hasFreeSlot(step.carrier));
      if (last) {
        this.#shift(last, playlistId);
        return true;
      }
      open = open.flatMap((step) => this.#holdersOf(step.carrier.id).flatMap((holder) => this.#stepsFrom(holder, step, seen)));
    }
    return false;
  }

  /** Unvisited accounts that accept new replicas and do not host the playlist. */
  #stepsFrom(playlistId: string, step: Step | undefined, seen: Set<string>): Step[] {
    const unvisited = this.#choicesOf(playlistId).filter(({ id, takesNew }) => takesNew && !seen.has(id) && !this.hostsOf(playlistId).has(id));
    for (const { id } of unvisited) seen.add(id);
    return unvisited.map((carrier) => ({ carrier, from: step && { step, playlistId } }));
  }

  #shift(last: Step, playlistId: string): void {
    let step = last;
    while (step.from) {
      const { step: before, playlistId: holder } = step.from;
      this.#remove(this.hostsOf(holder), before.carrier.id);
      this.#add(this.hostsOf(holder), step.carrier.id);
      step = before;
    }
    this.#add(this.hostsOf(playlistId), step.carrier.id);
  }

  #holdersOf(accountId: string): string[] {
    return this.#network.playlistIds.filter((playlistId) => this.hostsOf(playlistId).has(accountId));
  }

  /** Removes the replicas that rank an account lowest from accounts over their capacity. */
  evictExcess(): void {
    for (const { id } of this.#network.accounts) {
      const tooMany = -(this.#freeSlots.get(id) ?? 0);
      if (tooMany <= 0) continue;
      const lowestFirst = this.#holdersOf(id).toSorted((a, b) => (this.#network.digest(`${a}|${id}`) < this.#network.digest(`${b}|${id}`) ? -1 : 1));
      for (const playlistId of lowestFirst.slice(0, tooMany)) this.#remove(this.hostsOf(playlistId), id);
    }
  }

  /** Adds the missing copies of the playlist, or removes the lowest-ranked excess copies. */
  fill(playlistId: string): void {
    const hosts = this.hostsOf(playlistId);
    for (const carrier of this.#choicesOf(playlistId)) {
      if (hosts.size >= this.#network.copies) break;
      if (!hosts.has(carrier.id) && this.#hasFreeSlot(carrier)) this.#add(hosts, carrier.id);
    }
    for (const carrier of this.#choicesOf(playlistId).toReversed()) {
      if (hosts.size <= this.#network.copies) return;
      if (hosts.has(carrier.id)) this.#remove(hosts, carrier.id);
    }
  }

  /** Moves the lowest-ranked copy to a higher-ranked account with a free slot. Returns whether it did. */
  improve(playlistId: string): boolean {
    const hosts = this.hostsOf(playlistId);
    const choices = this.#choicesOf(playlistId);
    const lowest = choices.findLastIndex((carrier) => hosts.has(carrier.id));
    const better = choices.findIndex((carrier) => !hosts.has(carrier.id) && this.#hasFreeSlot(carrier));
    const [from, to] = [choices[lowest], choices[better]];
    if (!from || !to || better > lowest) return false;
    this.#remove(hosts, from.id);
    this.#add(hosts, to.id);
    return true;
  }

  difference(before: readonly Hosting[]): Pick<RendezvousMoves, 'add' | 'remove'> {
    const had = new Set(before.map(({ playlistId, accountId }) => `${playlistId}|${accountId}`));
    const add = this.#network.playlistIds.flatMap((playlistId) =>
      [...this.hostsOf(playlistId)].filter((accountId) => !had.has(`${playlistId}|${accountId}`)).map((accountId) => ({ playlistId, accountId })),
    );
    return { add, remove: before.filter(({ playlistId, accountId }) => !this.#hosts.get(playlistId)?.has(accountId)) };
  }

  #choicesOf(playlistId: string): readonly HostAccount[] {
    const known = this.#choices.get(playlistId);
    if (known) return known;
    const ranked = this.#network.accounts.map((carrier) => ({ carrier, rank: this.#network.digest(`${playlistId}|${carrier.id}`) }));
    const choices = ranked.toSorted((a, b) => (a.rank < b.rank ? 1 : -1)).map(({ carrier }) => carrier);
    this.#choices.set(playlistId, choices);
    return choices;
  }

  #hasFreeSlot(carrier: HostAccount): boolean {
    return carrier.takesNew && (this.#freeSlots.get(carrier.id) ?? 0) > 0;
  }

  #add(hosts: Set<string>, accountId: string): void {
    hosts.add(accountId);
    this.#useSlot(accountId);
  }

  #remove(hosts: Set<string>, accountId: string): void {
    hosts.delete(accountId);
    this.#freeSlots.set(accountId, (this.#freeSlots.get(accountId) ?? 0) + 1);
  }

  #useSlot(accountId: string): void {
    this.#freeSlots.set(accountId, (this.#freeSlots.get(accountId) ?? 0) - 1);
  }
}
