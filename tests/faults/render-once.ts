import { runRender } from '#server/use-cases/studio/renders/run-render.ts';
import { renderId } from '#shared/ids.ts';
import { openRenderDeps } from '#tests/support/studio/render-process.ts';
import type { RenderPlace } from '#tests/support/studio/render-process.ts';

/** Runs one render in a separate process. Arguments: where, as JSON, and the render. */
const [place = '{}', render = ''] = process.argv.slice(2);
const deps = openRenderDeps(JSON.parse(place) as RenderPlace);
await runRender(deps, { renderId: renderId.parse(render), signal: new AbortController().signal });
await deps.close();
