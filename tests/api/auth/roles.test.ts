import { identifySession } from '#server/use-cases/auth/identify-session.ts';
import { beginSession } from '#server/use-cases/auth/begin-session.ts';
import { users } from '#drizzle/schema/index.ts';
import { userId } from '#shared/ids.ts';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';

test('an admin makes a person an admin in a session that is open already, and a listener again', async () => {
  await using app = await startTestApp();
  const id = userId.parse(randomUUID());
  const at = app.clock.now();
  await app.deps.db.insert(users).values({ id, displayName: 'Ada', createdAt: at, lastSignedInAt: at });
  const { secret } = await app.deps.db.transaction((tx) => beginSession(app.deps, tx, { userId: id, role: 'listener', replaces: undefined }));
  const ada = () => identifySession(app.deps, secret);
  await expect(app.as(await ada()).auth.setRole({ userId: id, role: 'admin' })).rejects.toMatchObject({ cause: { code: 'forbidden' } });
  await app.admin.auth.setRole({ userId: id, role: 'admin' });
  expect(await ada()).toEqual({ kind: 'user', userId: id, isAdmin: true });
  await app.as(await ada()).auth.setRole({ userId: id, role: 'listener' });
  expect(await ada()).toEqual({ kind: 'user', userId: id, isAdmin: false });
  const stranger = userId.parse(randomUUID());
  await expect(app.admin.auth.setRole({ userId: stranger, role: 'admin' })).rejects.toMatchObject({ cause: { code: 'not_found' } });
});
