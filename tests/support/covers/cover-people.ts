import { userIdentities, users } from '#drizzle/schema/index.ts';
import { userId } from '#shared/ids.ts';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { connectAs } from '#tests/support/processes/instance.ts';

/** A listener who signed in as a person of the sandbox. */
export async function signInAs(app: Pick<TestApp, 'deps' | 'clock' | 'as'>, person: string) {
  const id = userId.parse(randomUUID());
  const at = app.clock.now();
  await app.deps.db.insert(users).values({ id, displayName: person, createdAt: at, lastSignedInAt: at });
  await app.deps.db.insert(userIdentities).values({ provider: 'spotify', subject: person, userId: id, linkedAt: at });
  return app.as({ kind: 'user', userId: id, isAdmin: false });
}

/** An app with a folder of assets of its own, and the playlist “Evening” on a connected account. */
export async function openCovers(options: { http?: true } = {}) {
  const home = mkdtempSync(path.join(tmpdir(), 'segue-covers-'));
  const app = await startTestApp({ ...options, env: { SEGUE_HOME: home } });
  await connectAs(app.deps, 'segue-north');
  const id = app.spotify.addPlaylist('segue-north', { name: 'Evening', public: true });
  const uris = [0, 1, 2].flatMap((n) =>
    (app.sandbox.catalog.album(app.sandbox.catalog.albumIdAt(n) ?? '')?.tracks ?? []).map((track) => `spotify:track:${track.id}`),
  );
  app.spotify.editPlaylist(id, { uris });
  const { covers } = app.admin.generation;
  const link = `https://open.spotify.com/playlist/${id}`;
  return {
    ...app,
    home,
    id,
    link,
    covers,
    create: () => covers.create({ source: { kind: 'link', link } }),
    /** A finished cover with this title. */
    finish: async (title = 'Harbor Glass') => {
      const { id: coverId } = await covers.create({ source: { kind: 'link', link } });
      await covers.setWords({ coverId, title, subtitle: null, picturePrompt: null, paletteId: null });
      await covers.drawPicture({ coverId, family: 'grid', seed: 3 });
      return covers.setType({ coverId });
    },
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
