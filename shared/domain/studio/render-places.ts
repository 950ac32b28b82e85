import type { StudioVendor } from '#shared/vocabulary.ts';

interface Places {
  /** Renders in progress at a vendor, over all processes. */
  readonly places: number;
  /** Of these, the most of one person, so that a person with many renders does not delay another one's first. */
  readonly placesPerPerson: number;
}

/** `local` draws on this machine's cores; fal has a queue of its own; the others answer in one request of up to a minute. */
const PLACES: Readonly<Record<StudioVendor, number>> = { local: 2, gemini: 4, stability: 3, fal: 8 };

/** How many renders a vendor is given at a time. */
export function placesOf(vendor: StudioVendor): Places {
  const places = PLACES[vendor];
  return { places, placesPerPerson: Math.ceil(places / 2) };
}
