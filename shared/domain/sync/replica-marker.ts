import { decodeXML } from 'entities';

const MARKER = /segue:([0-9a-z]{12})(?![0-9a-z])/i;

/** The marker in a replica's description by which it is found again after a crash: short, unique and harmless to a reader. */
export function markerFor(replicaId: string): string {
  // The end of a UUID is random in every version; the start of a v7 is the time.
  return `segue:${replicaId.replaceAll('-', '').toLowerCase().slice(-12)}`;
}

/** The marker in a description as Spotify returns it (possibly HTML-escaped); null when there is none. */
export function findMarker(description: string | null): string | null {
  const match = MARKER.exec(unescapeHtml(description ?? ''));
  return match?.[1] ? `segue:${match[1].toLowerCase()}` : null;
}

/**
 * Decodes the entities that Spotify puts into names and descriptions: the five of XML and numeric ones. HTML's other names stay, because a person may
 * have written them.
 */
export function unescapeHtml(text: string): string {
  return decodeXML(text);
}
