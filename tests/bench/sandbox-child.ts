import { createGeneratedCatalogue } from '#server/sandbox/catalog/generated.ts';
import { loadCatalogue } from '#server/sandbox/catalog/loaded.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { combineCatalogues } from './combined-catalogue.ts';

/** A sandbox in a process of its own, as a vendor is; ends with its parent. Arguments: generated albums, rate window or 0, table or nothing. */
const [albums = '0', rate = '0', table = ''] = process.argv.slice(2);
const generated = createGeneratedCatalogue({ albums: Number(albums), seed: 1 });
const catalogue = table ? combineCatalogues(generated, await loadCatalogue([table])) : generated;
const sandbox = await startSandbox({ catalogue, ...(rate === '0' ? {} : { rateWindow: { requests: Number(rate), windowMs: 30_000 } }) });
process.send?.({ env: sandbox.env, albumCount: catalogue.albumCount });
process.on('message', (asked: { from: number; count: number } | 'totals') => {
  if (asked === 'totals') process.send?.(sandbox.spotify.control.totals());
  else process.send?.(Array.from({ length: asked.count }, (_, i) => catalogue.albumIdAt(asked.from + i)));
});
process.on('disconnect', () => process.exit(0));
