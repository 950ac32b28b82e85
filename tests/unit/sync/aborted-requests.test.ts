import type { Deps } from '#server/deps.ts';
import { createCallerFactory, publicProcedure, router } from '#server/trpc.ts';
import { expect, test } from 'vitest';

/** A procedure with one long query, and the errors that the app logged about it. */
function createProcedure(answer: (signal: AbortSignal | undefined) => string) {
  const errors: string[] = [];
  const deps = { log: { error: (message: string) => errors.push(message) } } as unknown as Deps;
  const leaving = new AbortController();
  const createCaller = createCallerFactory(router({ ask: publicProcedure.query(({ signal }) => answer(signal)) }));
  const caller = createCaller({ deps, actor: { kind: 'anonymous' } }, { signal: leaving.signal });
  return { errors, leaving, ask: () => caller.ask() };
}

test('a client that closes the page during a query causes no logged error', async () => {
  const procedure = createProcedure((signal) => {
    procedure.leaving.abort();
    signal?.throwIfAborted();
    return 'never told';
  });
  await expect(procedure.ask()).rejects.toThrow('aborted');
  expect(procedure.errors).toEqual([]);
});

test('a failure while the client leaves, and an abort while it stays, are still logged', async () => {
  const failing = createProcedure(() => {
    failing.leaving.abort();
    throw new Error('the disk is full');
  });
  const staying = createProcedure(() => {
    throw new DOMException('A vendor took too long.', 'AbortError');
  });
  await expect(failing.ask()).rejects.toThrow('the disk is full');
  await expect(staying.ask()).rejects.toThrow('A vendor took too long.');
  expect([...failing.errors, ...staying.errors]).toEqual(['unexpected failure in a procedure', 'unexpected failure in a procedure']);
});
