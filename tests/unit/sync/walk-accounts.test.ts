import { describe, expect, test } from 'vitest';
import { walkAccounts } from '#server/use-cases/sync/plan/walk-accounts.ts';
import { accountId } from '#shared/ids.ts';

const TARGETS = ['a', 'b', 'c'].map((name) => ({
  name,
  account: { id: accountId.parse(`00000000-0000-4000-8000-00000000000${name}`) },
}));

describe('a canceled walk', () => {
  test.each(TARGETS.map(({ name }) => name))(
    'throws why it was canceled when %s notices first, whatever error its request ends with',
    async (first) => {
      const ending = new AbortController();
      const started: string[] = [];
      const walk = walkAccounts(
        TARGETS,
        async ({ name }) => {
          started.push(name);
          if (name !== first) return await new Promise<void>((_, reject) => ending.signal.addEventListener('abort', () => reject(new Error('cut'))));
          await new Promise((resolve) => setImmediate(resolve));
          ending.abort(new Error('the operator said so'));
          throw new Error('the request was cut');
        },
        ending.signal,
      );
      await expect(walk).rejects.toThrow('the operator said so');
      expect(started).toEqual(['a', 'b', 'c']);
    },
  );

  test('throws the error that came before the cancel', async () => {
    const ending = new AbortController();
    const walk = walkAccounts(
      TARGETS,
      async ({ name }) => {
        if (name === 'a') throw new Error('rate limited');
        await new Promise((resolve) => setImmediate(resolve));
        ending.abort(new Error('the operator said so'));
        ending.signal.throwIfAborted();
      },
      ending.signal,
    );
    await expect(walk).rejects.toThrow('rate limited');
  });
});
