import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PLACES = ['shared', 'drizzle/schema', 'server', 'jobs', 'web', '.github/docs', '.env.example', 'README.md', 'package.json'];
const TEXT = /\.(?:tsx?|mjs|css|html|md|json)$|\.env\.example$/;

/** Words that Segue does not use, and the plain word to use. Names are split first: `byHand` is tested as "by Hand". */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bhouses?\b/i, 'Segue, or the installation'],
  [/\bfates?\b/i, 'status, result, handling'],
  [/\b(?:come|came|comes|coming) in\b(?! \w+ (?:sizes|weights|colors))/i, 'is imported'],
  [/\banew\b/i, 'again'],
  [/\breckon/i, 'calculate, count'],
  [/\bmeanwhile\b/i, 'in the meantime'],
  [/\bwhoever\b/i, 'no matter who'],
  [/\bstand[- ]?ins?\b/i, 'sandbox'],
  [/\bby itself\b/i, 'automatically'],
  [/\b(?:stand|stands|stood|standing) on\b/i, 'is hosted on'],
  [/\b(?:front )?doors?\b/i, 'entry point'],
  [/\bdesks?\b/i, 'the name of the thing'],
  [/\brooms\b/i, 'pages, slots'],
  [/\b(?:by hand|hands?)\b/i, 'edited on Spotify, manual'],
  [/\bmend(?:s|ed|ing)?\b/i, 'repair, fix'],
  [/\bgives? pause\b/i, 'warning'],
  [/\b(?:take|takes|took|taken|taking) in\b|\bintakes?\b/i, 'import'],
  [/\bticks?\b/i, 'scheduled run'],
  [/\btimetables?\b/i, 'schedule'],
  [/\btroubles?\b/i, 'alerts'],
  [/\bdryness\b/i, 'days of supply'],
  [/\bgiv(?:e|es|en|ing) up\b/i, 'failed'],
  [/\bunder ?way\b/i, 'in progress'],
  [/\b(?:lent|lends?|lending)\b/i, 'hosts, has slots for'],
  [/\bbeholden\b/i, 'depends on'],
  [/\b(?:said|says) stop\b|\bheld back\b|\basked to wait\b/i, 'rate limited, paused'],
  [/\bcatalogue|colour|neighbour|behaviour|favour|honour|labour|\bcentre|\btowards\b|\bgrey\b/i, 'American spelling'],
  [/\bcancell(?:ed|ing)\b|\blabell(?:ed|ing)\b|\bmodell(?:ed|ing)\b|\btravell/i, 'American spelling'],
  [
    /(?:author|normal|organ|recogn|summar|initial|serial|minim|maxim|optim|priorit|synchron|categor|emphas)is(?:e|es|ed|ing|ation)\b/i,
    'American spelling',
  ],
];

interface Exemption {
  readonly reason: string;
  readonly text: RegExp;
  readonly files?: RegExp;
}

/** Stored names, wire names and words in another sense. An exempt text is removed from its line before the words are searched. */
const EXEMPT: readonly Exemption[] = [
  { reason: 'music genres', text: /'(?:\w+ )?house'|deep house|tech house/gi, files: /sandbox\/catalog\/genres|demo-network|policies\/templates/ },
  { reason: 'invented titles and names of the sandbox', text: /.+/g, files: /server\/sandbox\/catalog\/(?:[\w-]*names?|[\w-]*words)\.ts$/ },
  { reason: 'names of genres and words for titles', text: /.+/g, files: /shared\/domain\/catalog\/lexicon\/(?:genre-families|[\w-]*-words)\.ts$/ },
  { reason: 'words that listeners say in their sentences, and genres', text: /.+/g, files: /discovery\/vibes\/lexicon\/(?:packs\/\w+|genres)\.ts$/ },
  { reason: 'a genre that is an everyday word', text: /'house garage/g, files: /discovery\/vibes\/scan\.ts$/ },
  { reason: 'genres that a picture’s subject follows from', text: /\bhouse(?=\|)/g, files: /covers\/art\/(?:subject|draw-emblem)\.ts$/ },
  { reason: 'JSON keys of stored sync plans', text: /\bfate\b|(?<=body\.)hand\b|\bhand(?=\??:)|\bhandEdited(?:Share)?\b|'hand'/g },
  { reason: 'stored column, audit actions and creator of manual edits', text: /\bhandEdits\b|hand_edits?(?:_set|_released)?|'a hand on Spotify'/g },
  { reason: 'a key of stored settings and of dry runs', text: /\bwithoutRoom\b/g },
  { reason: 'the table of scheduled runs, its column, and keys of queued jobs', text: /timetable_ticks|timetableTicks|\btick\b|'tick missed'/g },
  { reason: 'the trigger of stored runs and of queued jobs', text: /'(?:timetable|intake)'/g },
  {
    reason: 'the column, its JSON key, and an alert’s stored key',
    text: /intake_id|\bintakeId\b|\bduplicateIntake\b|album_sources_intake|'intake:failed'/g,
  },
  { reason: 'addresses of a page and of its query', text: /\/intake\b|raw\['intake'\]|\bintake(?=: text|\b.*useSearch|Route)/g },
  {
    reason: 'names of tRPC procedures and routers',
    text: /\b(?:intake(?:Router)?(?=[.:,; ]|\b.*router)|(?<=jobs\.)timetable|timetable(?=: admin)|\w+GivenUp|underWay(?=[.:])|\w+HandEdits)\b|\/intake\.ts/g,
  },
  { reason: 'stored key of a failed job’s alert', text: /given-up/g },
  { reason: 'stored status of runs and simulations', text: /\bcancelled\b/g, files: /\.tsx?$/ },
  { reason: 'an error kind that tests and logs know', text: /'HeldBack'/g },
  { reason: 'marks on a chart’s axis', text: /a gray tick|, ticks,/g },
  { reason: 'an icon of the icon set', text: /\bHandPointing\b/g },
];

/** Every line with a word that Segue does not use, as `file:line: word (use …)`. */
function findWords(file: string, text: string): string[] {
  const exempt = EXEMPT.filter(({ files }) => files === undefined || files.test(file));
  return text.split('\n').flatMap((line, at) => {
    const kept = exempt.reduce((rest, one) => rest.replaceAll(one.text, ' '), line);
    const words = kept.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/(?<=[A-Za-z])_(?=[A-Za-z])/g, ' ');
    return WORDS.flatMap(([word, use]) => {
      const found = word.exec(words);
      return found ? [`${file}:${at + 1}: “${found[0]}” (use: ${use})`] : [];
    });
  });
}

function productFiles(): string[] {
  return PLACES.flatMap((place) => {
    const whole = path.join(ROOT, place);
    if (fs.statSync(whole).isFile()) return [place];
    return fs.readdirSync(whole, { recursive: true, encoding: 'utf8' }).map((name) => path.join(place, name));
  }).filter((file) => TEXT.test(file) && !file.includes('node_modules'));
}

const readText = (file: string) => fs.readFileSync(path.join(ROOT, file), 'utf8');

test('the product speaks plain words: none of the words that it replaced is left in code, comments, texts or documents', () => {
  const files = productFiles();
  expect(files.length).toBeGreaterThan(500);
  expect(files.flatMap((file) => findWords(file, readText(file)))).toEqual([]);
});

test.each([
  ['// Lists of this house.', 1],
  ['const byHand = 1;', 1],
  ["label: 'Nothing came in'", 1],
  ['const isUnderWay = true;', 1],
  ['/** The colours and their neighbours. */', 1],
  ["await db.insert(timetableTicks).values({ tick: at, trigger: 'timetable' });", 0],
  ['const handler = household;', 0],
])('the search finds a word in comments, names and texts, and no stored name: %s', (line, found) => {
  expect(findWords('server/example.ts', line)).toHaveLength(found);
});

/** Files whose objects map a status to what the screen shows; each has `name: '…'` or `label: '…'`. */
const LABEL_TABLES = /-(?:labels|words)\.tsx?$/;

test('a status starts with a capital letter, and a label is no sentence', () => {
  const screens = productFiles().filter((file) => file.startsWith('web/'));
  const statuses = screens
    .filter((file) => LABEL_TABLES.test(file))
    .flatMap((file) => [...readText(file).matchAll(/\{ (?:name|label): '([^']*)', tone:/g)].map((match) => `${file}: ${match[1]}`));
  expect(statuses.length).toBeGreaterThan(5);
  expect(statuses.filter((status) => !/: \p{Lu}/u.test(status))).toEqual([]);
  const labels = screens.flatMap((file) =>
    [...readText(file).matchAll(/\blabel(?:=|: )["']([^"'{}<>]+)["']/g)].map((match) => `${file}: ${match[1]}`),
  );
  expect(labels.length).toBeGreaterThan(50);
  expect(labels.filter((label) => label.endsWith('.'))).toEqual([]);
});
