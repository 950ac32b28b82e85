import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { areaTable, withAreaTable } from './area-table.ts';

// `npm run docs:areas`: writes the area × stage table into .github/docs/architecture.md; a test fails while it is out of date.
const root = fileURLToPath(new URL('../../..', import.meta.url));
const document = path.join(root, '.github/docs/architecture.md');
writeFileSync(document, withAreaTable(readFileSync(document, 'utf8'), areaTable(root)));
