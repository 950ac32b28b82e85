/** What a picture shows, by genre. */
export const SUBJECTS = ['land', 'city', 'water', 'sky'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Words in genre names; the first list with a match decides, so longer and rarer words stand first. */
const WORDS: readonly (readonly [Subject, RegExp])[] = [
  ['water', /ambient|chill|lo-?fi|downtempo|dream|shoegaze|new age|bossa|lounge|trip.?hop|neo.?soul|drone|spa|sleep|yacht|surf|dub\b/u],
  ['sky', /psychedelic|space|cosmic|trance|synth|disco|k-?pop|j-?pop|dance.?pop|power pop|gospel|house|edm|eurodance|new wave/u],
  [
    'city',
    /hip.?hop|rap|trap|grime|drill|techno|electro|industrial|punk|metal|hardcore|drum|jungle|garage|breakbeat|ska|rock|blues.rock|reggaeton|funk/u,
  ],
  ['land', /folk|country|americana|bluegrass|singer|acoustic|indie|blues|roots|reggae|world|afro|cumbia|flamenco|celtic|tango|samba|latin|alt/u],
  ['water', /jazz|soul|r&b|rnb|classical|piano|orchestr|chamber|opera|baroque|instrumental/u],
  ['sky', /pop|dance|electronic/u],
];

/** The subject of the heaviest genre that names one; undefined when none does. */
export function subjectOf(genres: readonly { readonly name: string; readonly weight: number }[]): Subject | undefined {
  const sums = new Map<Subject, number>();
  for (const { name, weight } of genres) {
    const subject = WORDS.find(([, words]) => words.test(name.toLowerCase()))?.[0];
    if (subject) sums.set(subject, (sums.get(subject) ?? 0) + Math.max(weight, 0.001));
  }
  return [...sums].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}
