import { z } from 'zod';

const texts = z.array(z.string());
const grantFields = { clientId: z.string(), scopes: texts } as const;

/** Schemas of the stored entries. The file may have been edited outside Segue, so it is validated like any other input. */
const entry = {
  people: z.object({
    id: z.string(),
    accountId: z.string(),
    displayName: z.string(),
    email: z.string(),
    country: z.string(),
    allowListed: z.boolean(),
    library: z.array(z.object({ uri: z.string(), addedAt: z.string() })),
  }),
  playlists: z.object({
    id: z.string(),
    ownerId: z.string(),
    createdAt: z.number(),
    name: z.string(),
    description: z.string(),
    public: z.boolean(),
    collaborative: z.boolean(),
    items: z.array(z.object({ uri: z.string().nullable(), addedAt: z.string(), addedBy: z.string() })),
    revision: z.number(),
    covers: z.array(z.object({ visibleAt: z.number(), jpegBase64: z.string(), version: z.number() })),
  }),
  shelves: texts,
  codes: z.object({
    ...grantFields,
    code: z.string(),
    personId: z.string(),
    redirectUri: z.string(),
    challenge: z.string().nullable(),
    expiresAt: z.number(),
  }),
  accessTokens: z.object({ ...grantFields, personId: z.string().nullable(), expiresAt: z.number() }),
  refreshGrants: z.object({ ...grantFields, personId: z.string(), authorizedAt: z.number(), pkce: z.boolean(), spent: z.boolean() }),
} as const;

const entriesOf = <T extends z.ZodType>(value: T) => z.array(z.tuple([z.string(), value]));
const changeOf = <M extends string, T extends z.ZodType>(map: M, value: T) => z.tuple([z.literal(map), z.string(), value.nullable()]);

/** The whole file. */
export const storedState = z.object({
  version: z.literal(1),
  clockOffsetMs: z.number(),
  people: entriesOf(entry.people),
  playlists: entriesOf(entry.playlists),
  shelves: entriesOf(entry.shelves),
  codes: entriesOf(entry.codes),
  accessTokens: entriesOf(entry.accessTokens),
  refreshGrants: entriesOf(entry.refreshGrants),
});

/** One journal line: map, key, and the new value or null for a deletion. */
export const storedChange = z.union([
  changeOf('people', entry.people),
  changeOf('playlists', entry.playlists),
  changeOf('shelves', entry.shelves),
  changeOf('codes', entry.codes),
  changeOf('accessTokens', entry.accessTokens),
  changeOf('refreshGrants', entry.refreshGrants),
]);
