/** An account that can carry replicas. */
export interface Carrier {
  readonly id: string;
  /** Most replicas it may carry. */
  readonly capacity: number;
  /** Whether it takes replicas that it does not have yet; one that does not keeps what it has. */
  readonly takesNew: boolean;
}

export interface Standing {
  readonly playlistId: string;
  readonly carrierId: string;
}

export interface RendezvousMoves {
  readonly place: readonly Standing[];
  readonly leave: readonly Standing[];
  /** Playlists that stand on fewer carriers than wished, because none had room. */
  readonly short: readonly { readonly playlistId: string; readonly missing: number }[];
}

interface Network {
  readonly playlistIds: readonly string[];
  readonly carriers: readonly Carrier[];
  /** Replicas there are, on carriers of this list or on others that are gone; without those that have a successor already. */
  readonly standing: readonly Standing[];
  /** On how many carriers each playlist stands. */
  readonly copies: number;
  /** A hash of both names as a text of fixed length; the carrier with the greatest one is the playlist's first choice. */
  digest(text: string): string;
}

/**
 * Highest-random-weight (rendezvous) hashing with room: every playlist stands on the `copies` carriers with the greatest hash that have room.
 * (Thaler and Ravishankar 1998.) What moves is what must:
 *
 * Where room is no limit, exactly the copies whose `copies` first choices changed: a carrier that comes takes those that rank it among their first,
 * one that goes gives away its own, one that comes back gets back just what it had. Where room is a limit, a copy leaves a carrier only because
 * the carrier is gone; because it holds too many, and then those that rank it lowest, as many as are too many; because a carrier that ranks higher
 * for it has room; or, as the last resort, because another copy would find no place at all: then as few as an augmenting path needs step aside, and
 * no copy is without a place while some arrangement has one for it. Afterwards nothing could stand higher without somebody else leaving, so a
 * second plan moves nothing.
 */
export function planRendezvous(network: Network): RendezvousMoves {
  const board = new Board(network);
  const short: { playlistId: string; missing: number }[] = [];
  board.shed();
  let isMoving = true;
  while (isMoving) {
    // What has no place comes before what could have a better one.
    for (const playlistId of network.playlistIds) board.fill(playlistId);
    isMoving = false;
    for (const playlistId of network.playlistIds) isMoving = board.improve(playlistId) || isMoving;
  }
  for (const playlistId of network.playlistIds) {
    while (board.missing(playlistId) > 0 && board.makeWay(playlistId));
    const missing = board.missing(playlistId);
    if (missing > 0) short.push({ playlistId, missing });
  }
  return { ...board.difference(network.standing), short };
}

/** A carrier on the way to one with room; `from` says who would step aside to it from where. */
interface Step {
  readonly carrier: Carrier;
  readonly from: { readonly step: Step; readonly playlistId: string } | undefined;
}

class Board {
  readonly #network: Network;
  readonly #room = new Map<string, number>();
  readonly #stands = new Map<string, Set<string>>();
  readonly #choices = new Map<string, readonly Carrier[]>();

  constructor(network: Network) {
    this.#network = network;
    for (const { id, capacity } of network.carriers) this.#room.set(id, capacity);
    const known = new Set(network.playlistIds);
    for (const { playlistId, carrierId } of network.standing) {
      if (!known.has(playlistId) || !this.#room.has(carrierId)) continue;
      this.standsOn(playlistId).add(carrierId);
      this.#take(carrierId);
    }
  }

  standsOn(playlistId: string): Set<string> {
    const carriers = this.#stands.get(playlistId) ?? new Set<string>();
    this.#stands.set(playlistId, carriers);
    return carriers;
  }

  missing(playlistId: string): number {
    return this.#network.copies - this.standsOn(playlistId).size;
  }

  /**
   * Finds a place for a copy of the playlist although no carrier that it does not stand on has room: others step aside along a shortest augmenting
   * path. Whether it did.
   */
  makeWay(playlistId: string): boolean {
    if (!this.#network.carriers.some((carrier) => this.#hasRoom(carrier))) return false;
    const seen = new Set<string>();
    let open = this.#stepsFrom(playlistId, undefined, seen);
    while (open.length > 0) {
      const last = open.find((step) => this.#hasRoom(step.carrier));
      if (last) {
        this.#stepAside(last, playlistId);
        return true;
      }
      open = open.flatMap((step) => this.#holdersOf(step.carrier.id).flatMap((holder) => this.#stepsFrom(holder, step, seen)));
    }
    return false;
  }

  /** Carriers that would take the playlist if they had room and that were not looked at before. */
  #stepsFrom(playlistId: string, step: Step | undefined, seen: Set<string>): Step[] {
    const fresh = this.#choicesOf(playlistId).filter(({ id, takesNew }) => takesNew && !seen.has(id) && !this.standsOn(playlistId).has(id));
    for (const { id } of fresh) seen.add(id);
    return fresh.map((carrier) => ({ carrier, from: step && { step, playlistId } }));
  }

  #stepAside(last: Step, playlistId: string): void {
    let step = last;
    while (step.from) {
      const { step: before, playlistId: holder } = step.from;
      this.#leave(this.standsOn(holder), before.carrier.id);
      this.#settle(this.standsOn(holder), step.carrier.id);
      step = before;
    }
    this.#settle(this.standsOn(playlistId), step.carrier.id);
  }

  #holdersOf(carrierId: string): string[] {
    return this.#network.playlistIds.filter((playlistId) => this.standsOn(playlistId).has(carrierId));
  }

  /** A carrier whose room was cut gives up the replicas that rank it lowest. */
  shed(): void {
    for (const { id } of this.#network.carriers) {
      const tooMany = -(this.#room.get(id) ?? 0);
      if (tooMany <= 0) continue;
      const lowestFirst = this.#holdersOf(id).toSorted((a, b) => (this.#network.digest(`${a}|${id}`) < this.#network.digest(`${b}|${id}`) ? -1 : 1));
      for (const playlistId of lowestFirst.slice(0, tooMany)) this.#leave(this.standsOn(playlistId), id);
    }
  }

  /** Gives the playlist the copies it lacks, or takes away the lowest of those it has too many. */
  fill(playlistId: string): void {
    const stands = this.standsOn(playlistId);
    for (const carrier of this.#choicesOf(playlistId)) {
      if (stands.size >= this.#network.copies) break;
      if (!stands.has(carrier.id) && this.#hasRoom(carrier)) this.#settle(stands, carrier.id);
    }
    for (const carrier of this.#choicesOf(playlistId).toReversed()) {
      if (stands.size <= this.#network.copies) return;
      if (stands.has(carrier.id)) this.#leave(stands, carrier.id);
    }
  }

  /** Moves the lowest copy to a carrier that ranks higher and has room; whether it did. */
  improve(playlistId: string): boolean {
    const stands = this.standsOn(playlistId);
    const choices = this.#choicesOf(playlistId);
    const lowest = choices.findLastIndex((carrier) => stands.has(carrier.id));
    const better = choices.findIndex((carrier) => !stands.has(carrier.id) && this.#hasRoom(carrier));
    const [from, to] = [choices[lowest], choices[better]];
    if (!from || !to || better > lowest) return false;
    this.#leave(stands, from.id);
    this.#settle(stands, to.id);
    return true;
  }

  difference(before: readonly Standing[]): { place: Standing[]; leave: Standing[] } {
    const had = new Set(before.map(({ playlistId, carrierId }) => `${playlistId}|${carrierId}`));
    const place = this.#network.playlistIds.flatMap((playlistId) =>
      [...this.standsOn(playlistId)].filter((carrierId) => !had.has(`${playlistId}|${carrierId}`)).map((carrierId) => ({ playlistId, carrierId })),
    );
    return { place, leave: before.filter(({ playlistId, carrierId }) => !this.#stands.get(playlistId)?.has(carrierId)) };
  }

  #choicesOf(playlistId: string): readonly Carrier[] {
    const known = this.#choices.get(playlistId);
    if (known) return known;
    const ranked = this.#network.carriers.map((carrier) => ({ carrier, rank: this.#network.digest(`${playlistId}|${carrier.id}`) }));
    const choices = ranked.toSorted((a, b) => (a.rank < b.rank ? 1 : -1)).map(({ carrier }) => carrier);
    this.#choices.set(playlistId, choices);
    return choices;
  }

  #hasRoom(carrier: Carrier): boolean {
    return carrier.takesNew && (this.#room.get(carrier.id) ?? 0) > 0;
  }

  #settle(stands: Set<string>, carrierId: string): void {
    stands.add(carrierId);
    this.#take(carrierId);
  }

  #leave(stands: Set<string>, carrierId: string): void {
    stands.delete(carrierId);
    this.#room.set(carrierId, (this.#room.get(carrierId) ?? 0) + 1);
  }

  #take(carrierId: string): void {
    this.#room.set(carrierId, (this.#room.get(carrierId) ?? 0) - 1);
  }
}
