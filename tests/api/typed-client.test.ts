import { insertRun, updateRun } from '#server/repos/operations/job-runs.ts';
import type { AppRouter } from '#server/routers/index.ts';
import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import type { CoverView } from '#shared/contracts/covers/projects.ts';
import type { PublicError } from '#shared/contracts/auth/sign-in.ts';
import type { JobRunView, ScheduleView } from '#shared/contracts/job-views.ts';
import type { AuthStatusView } from '#shared/contracts/auth/status.ts';
import type { OperatorSubmissionView } from '#shared/contracts/catalog/submissions.ts';
import type { ImportListView } from '#shared/contracts/discovery/import-list.ts';
import type { PathView } from '#shared/contracts/discovery/path.ts';
import type { VibeListView } from '#shared/contracts/discovery/generate-vibe.ts';
import type { NetworkView } from '#shared/contracts/playlists/playlist-views.ts';
import { jobRunId } from '#shared/ids.ts';
import { TRPCClientError, createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, expectTypeOf, test, vi } from 'vitest';
import { ADMIN_KEY, startHttpApp } from '#tests/support/http-app.ts';
import type { HttpApp } from '#tests/support/http-app.ts';

let server: HttpApp;
beforeAll(async () => {
  server = await startHttpApp();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Uses the API as any TypeScript program outside this repository's web/ would. `requests` counts HTTP requests. */
function connectClient(headers: Record<string, string> = {}) {
  const requests: string[] = [];
  const url = `${server.url}/trpc`;
  const client = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({
          url,
          EventSource,
          eventSourceOptions: () => ({ fetch: (target, init) => fetch(target, { ...init, headers: { ...init.headers, ...headers } }) }),
        }),
        false: httpBatchLink({
          url,
          headers,
          maxItems: 10,
          fetch: (target, init) => {
            requests.push(`${init?.method ?? 'GET'} ${new URL(target instanceof Request ? target.url : target).pathname}`);
            return fetch(target, { ...init, signal: init?.signal ?? null });
          },
        }),
      }),
    ],
  });
  return { client, requests };
}

async function refusalOf(call: Promise<unknown>): Promise<TRPCClientError<AppRouter>> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof TRPCClientError) return error;
  throw new Error('It was not refused.', { cause: error });
}

test('an external program calls the API with types, and calls made together travel in one request', async () => {
  const { client, requests } = connectClient();
  const [status, network] = await Promise.all([client.auth.status.query(), client.playlists.overview.query()]);
  expectTypeOf(status).toEqualTypeOf<AuthStatusView>();
  expectTypeOf(network).toExtend<NetworkView>();
  expect(status.signedIn).toBe(false);
  expect(network.playlists).toEqual([]);
  expect(requests).toEqual(['GET /trpc/auth.status,playlists.overview']);
});

test('inputs are typed too', () => {
  const { client } = connectClient();
  expectTypeOf(client.auth.adminSignIn.mutate).parameter(0).toEqualTypeOf<{ key: string }>();
  // @ts-expect-error a number is not a key
  const wrong = (): unknown => client.auth.adminSignIn.mutate({ key: 1 });
  expect(wrong).toBeTypeOf('function');
});

test('a playlist from a sentence is typed, too', async () => {
  const { client } = connectClient({ 'x-admin-api-key': ADMIN_KEY });
  const made = await client.discovery.generate.mutate({ sentence: 'calm jazz, 20 songs' });
  expectTypeOf(made).toExtend<VibeListView>();
  expect([made.spec.genres, made.spec.tracks, made.tracks]).toEqual([['jazz'], 20, []]);
});

test('a pasted list, a path and submissions are typed, too', async () => {
  const { client } = connectClient({ 'x-admin-api-key': ADMIN_KEY });
  const list = await client.discovery.importList.match.mutate({ text: 'Air - Sexy Boy' });
  expectTypeOf(list).toExtend<ImportListView>();
  expectTypeOf(client.discovery.path.query).returns.resolves.toExtend<PathView>();
  const waiting = await client.catalog.submissions.list.query({ status: 'waiting' });
  expectTypeOf(waiting.items).toExtend<readonly OperatorSubmissionView[]>();
  expect([list.lines[0]?.status, waiting.total]).toEqual(['unmatched', 0]);
});

test('procedures of nested routers are typed and answer under their full names', async () => {
  const { client, requests } = connectClient({ 'x-admin-api-key': ADMIN_KEY });
  const [accounts, schedule] = await Promise.all([client.playlistAdmin.accounts.list.query(), client.operations.jobs.schedule.query()]);
  expectTypeOf(accounts).toEqualTypeOf<AccountView[]>();
  expectTypeOf(schedule).toExtend<ScheduleView>();
  expectTypeOf(client.playlistAdmin.sync.applyOne.mutate).parameter(0).toEqualTypeOf<{ planId: string; hash: string }>();
  // @ts-expect-error procedures of operators are not beside the public ones
  const wrong = (): unknown => client.playlists.rollBack;
  expect(wrong).toBeTypeOf('function');
  expect([Array.isArray(accounts), schedule.tasks.length > 0]).toEqual([true, true]);
  expect(requests).toEqual(['GET /trpc/playlistAdmin.accounts.list,operations.jobs.schedule']);
});

test('an error arrives with its code, remedy and field, typed', async () => {
  const { client } = connectClient();
  const refused = await refusalOf(client.auth.adminSignIn.mutate({ key: 'wrong' }));
  expectTypeOf(refused.data?.error).toEqualTypeOf<PublicError | undefined>();
  expect(refused.data?.httpStatus).toBe(401);
  expect(refused.data?.error).toMatchObject({ code: 'unauthenticated', field: 'key', remedy: expect.any(String), requestId: expect.any(String) });
});

test('one error in a batch leaves the others their answers', async () => {
  const { client, requests } = connectClient();
  const [status, refused] = await Promise.all([client.auth.status.query(), refusalOf(client.auth.profile.query())]);
  expect([status.signedIn, refused.data?.error.code, requests.length]).toEqual([false, 'unauthenticated', 1]);
});

test('a program with the admin key follows the jobs as they change', async () => {
  const { client } = connectClient({ 'x-admin-api-key': ADMIN_KEY });
  const seen: JobRunView[] = [];
  const id = jobRunId.parse(randomUUID());
  const problems: unknown[] = [];
  const subscription = client.operations.jobs.follow.subscribe(undefined, {
    onData: (run) => {
      expectTypeOf(run).toEqualTypeOf<JobRunView>();
      seen.push(run);
    },
    onError: (error) => problems.push(error),
  });
  await insertRun(server.deps.db, { id, task: 'curate-playlists', trigger: 'test', at: new Date() });
  // The stream reports changes from when it is connected; until it is, another change is made.
  await vi.waitFor(
    async () => {
      await updateRun(server.deps.db, id, { done: seen.length + 1, changedAt: new Date() });
      expect([seen.length > 0, problems]).toEqual([true, []]);
    },
    { timeout: 60_000 },
  );
  await updateRun(server.deps.db, id, { status: 'done', done: 5, changedAt: new Date() });
  await vi.waitFor(() => expect(seen.at(-1)).toMatchObject({ id, task: 'curate-playlists', status: 'done', done: 5 }), { timeout: 60_000 });
  subscription.unsubscribe();
});

test('an anonymous visitor who tries to follow gets the same error', async () => {
  const { client } = connectClient();
  const refused = new Promise<TRPCClientError<AppRouter>>((resolve) => {
    client.operations.jobs.follow.subscribe(undefined, { onError: resolve });
  });
  expect((await refused).data?.error.code).toBe('unauthenticated');
});

test('covers are made from a file outside web/, with types: from a list of tracks to a finished JPEG', async () => {
  const { client } = connectClient({ 'x-admin-api-key': ADMIN_KEY });
  const { covers } = client.generation;
  const made = await covers.create.mutate({ source: { kind: 'list', text: 'USRC17607839' } });
  expectTypeOf(made.steps).toEqualTypeOf<CoverView['steps']>();
  const coverId = made.id;
  await covers.setWords.mutate({ coverId, title: 'Harbor Glass', subtitle: null, picturePrompt: null, paletteId: null });
  await covers.drawPicture.mutate({ coverId, family: 'grid', seed: 3 });
  const { finished, steps } = await covers.setType.mutate({ coverId, layout: 'head' });
  expect([finished?.report?.layout, steps.type.state]).toEqual(['head', 'ready']);
  const refusal = await refusalOf(covers.planUpload.mutate({ coverId }));
  expect(refusal.data?.error).toMatchObject({ code: 'invalid_input', field: 'playlist', remedy: 'Paste the link of your playlist.' });
  expect((await covers.list.query({})).covers.map(({ id }) => id)).toEqual([coverId]);
});
