import { createGeneratedCatalogue } from '#server/sandbox/catalog/generated.ts';
import { loadCatalogue } from '#server/sandbox/catalog/loaded.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { combineCatalogues } from './combined-catalogue.ts';

/** A sandbox in a separate process; exits with its parent. Arguments: number of generated albums, rate window or 0, CSV table or nothing. */
const [albums = '0', rate = '0', table = ''] = process.argv.slice(2);
const generated = createGeneratedCatalogue({ albums: Number(albums), seed: 1 });
const catalogue = table ? combineCatalogues(generated, await loadCatalogue([table])) : generated;
const sandbox = await startSandbox({ catalogue, ...(rate === '0' ? {} : { rateWindow: { requests: Number(rate), windowMs: 30_000 } }) });
process.send?.({ env: sandbox.env, albumCount: catalogue.albumCount });
process.on('message', (request: { from: number; count: number } | 'totals') => {
  if (request === 'totals') process.send?.(sandbox.spotify.control.totals());
  else process.send?.(Array.from({ length: request.count }, (_, i) => catalogue.albumIdAt(request.from + i)));
});
process.on('disconnect', () => process.exit(0));
