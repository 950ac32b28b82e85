import { createGeneratedCatalog } from '#server/sandbox/catalog/generated-catalog.ts';
import { readCatalogFile } from '#server/sandbox/catalog/loaded-catalog.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { combineCatalogs } from './combined-catalog.ts';

/** A sandbox in a separate process; exits with its parent. Arguments: number of generated albums, rate window or 0, CSV table or nothing. */
const [albums = '0', rate = '0', table = ''] = process.argv.slice(2);
const generated = createGeneratedCatalog({ albums: Number(albums), seed: 1 });
const catalog = table ? combineCatalogs(generated, await readCatalogFile([table])) : generated;
const sandbox = await startSandbox({ catalog, ...(rate === '0' ? {} : { rateWindow: { requests: Number(rate), windowMs: 30_000 } }) });
process.send?.({ env: sandbox.env, albumCount: catalog.albumCount });
process.on('message', (request: { from: number; count: number } | 'totals') => {
  if (request === 'totals') process.send?.(sandbox.spotify.control.totals());
  else process.send?.(Array.from({ length: request.count }, (_, i) => catalog.albumIdAt(request.from + i)));
});
process.on('disconnect', () => process.exit(0));
