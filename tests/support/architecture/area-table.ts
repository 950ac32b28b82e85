import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** The areas in their order: a later one may import an earlier one, never the other way round. The dependency rules read the same file. */
export const AREAS = JSON.parse(readFileSync(new URL('areas.json', import.meta.url), 'utf8')) as readonly string[];

/** The stages of the pipe that have one folder, or one file, per area. */
export const STAGES = [
  'shared/contracts',
  'shared/domain',
  'drizzle/schema',
  'server/repos',
  'server/use-cases',
  'server/routers',
  'web/features',
  'tests/unit',
  'tests/api',
] as const;

/** Number of files an area has in a stage: those of its folder, or its one file; 0 where it has none. */
export function countFiles(root: string, stage: string, area: string): number {
  const folder = path.join(root, stage);
  return readdirSync(folder)
    .filter((name) => name === area || name.replace(/(\.test)?\.tsx?$/u, '') === area)
    .reduce((sum, name) => sum + filesIn(path.join(folder, name)), 0);
}

function filesIn(entry: string): number {
  if (!statSync(entry).isDirectory()) return 1;
  return readdirSync(entry, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length;
}

/** The area × stage table as Markdown, with file counts. */
export function areaTable(root: string): string {
  const head = ['area', ...STAGES.map((stage) => `\`${stage}\``)];
  const rows = AREAS.map((area) => [
    `\`${area}\``,
    ...STAGES.map((stage) => {
      const count = countFiles(root, stage, area);
      return count === 0 ? '–' : String(count);
    }),
  ]);
  const widths = head.map((cell, column) => Math.max(cell.length, 3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

const BEGIN = '<!-- areas:begin -->';
const END = '<!-- areas:end -->';

/** The document with the table between its two markers replaced. Throws when a marker is missing. */
export function withAreaTable(document: string, table: string): string {
  const [start, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (start === -1 || end < start) throw new Error(`The document has no ${BEGIN} … ${END}.`);
  return `${document.slice(0, start)}${BEGIN}\n\n${table}\n\n${document.slice(end)}`;
}
