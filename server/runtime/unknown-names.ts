/** Read by Node, by npm, by tests or by programs that share the file; not settings of Segue, and no mistakes either. */
const OTHERS =
  /^(NODE_\w+|TZ|LANG|LC_\w+|NO_COLOR|FORCE_COLOR|DEBUG|(HTTPS?|NO|ALL)_PROXY|COMPOSE_\w+|DOCKER_\w+|PG\w+|POSTGRES_\w+|TEST_DATABASE_URL|SEGUE_DATA)$/i;
/** Names that only Segue would have. */
const OWN_PREFIX = /^(SEGUE|SPOTIFY|MUSICBRAINZ|RECCOBEATS|SANDBOX|INGEST)_/i;
/** In shorter names two typing mistakes leave too little in common. */
const LENGTH_PER_MISTAKE = 4;
const MISTAKES_MAX = 2;

interface GivenNames {
  /** All names in the .env file. */
  readonly file: readonly string[];
  /** All names in the environment of the process, where most are not Segue's. */
  readonly process: readonly string[];
}

/**
 * One sentence for each setting that Segue does not know. In the .env file that is every unknown name; in the environment, a name that differs from a
 * known one by one or two typing mistakes, or that starts like one of Segue's.
 */
export function describeUnknownNames(given: GivenNames, known: readonly string[]): string[] {
  const inFile = new Set(given.file);
  const fromFile = [...inFile].filter((name) => !known.includes(name) && !OTHERS.test(name));
  const fromProcess = given.process.filter(
    (name) => !inFile.has(name) && !known.includes(name) && !OTHERS.test(name) && (OWN_PREFIX.test(name) || closestName(name, known) !== undefined),
  );
  return [...fromFile.map((name) => describe(name, 'in .env', known)), ...fromProcess.map((name) => describe(name, 'in the environment', known))];
}

function describe(name: string, where: string, known: readonly string[]): string {
  const closest = closestName(name, known);
  const remedy = closest === undefined ? 'Remove it, or see .env.example for the names.' : `Did you mean ${closest}?`;
  return `${name} ${where} is not a setting of Segue and is ignored. ${remedy}`;
}

function closestName(name: string, known: readonly string[]): string | undefined {
  const mistakesMax = Math.min(MISTAKES_MAX, Math.floor(name.length / LENGTH_PER_MISTAKE) - 1);
  const rated = known.map((one) => ({ one, mistakes: countMistakes(name.toUpperCase(), one) })).toSorted((a, b) => a.mistakes - b.mistakes);
  const [best] = rated;
  return best && best.mistakes <= mistakesMax ? best.one : undefined;
}

/** Letters added, dropped, replaced or swapped with their neighbor: the optimal string alignment distance. */
function countMistakes(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = cell(rows, i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? cell(rows, i - 2, j - 2) + 1 : Infinity;
      row.push(Math.min(replaced, swapped, cell(rows, i - 1, j) + 1, (row[j - 1] ?? Infinity) + 1));
    }
    rows.push(row);
  }
  return cell(rows, a.length, b.length);
}

function cell(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows[i]?.[j] ?? Infinity;
}
