import { PROMPT_SOURCES } from '#shared/domain/covers/words/words-request.ts';
import { CAPABILITY_PROFILES } from '#shared/vocabulary.ts';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { VENDORS } from './providers/vendor-defaults.ts';
import type { Vendor } from './providers/vendor-defaults.ts';
import { databaseUrlProblem } from '#server/database/address.ts';
import { readEnvFile } from '#server/runtime/env-file.ts';
import { expandHome } from '#server/runtime/home-path.ts';
import { SECRET_FILE_NAMES, readSecretFiles } from '#server/runtime/secret-files.ts';
import { S3_SETTINGS, s3Problems } from '#server/runtime/s3-settings.ts';
import { apiKey, isWebAddress, choiceSetting, webAddress, wholeSetting } from '#server/runtime/setting-types.ts';
import { splitAdminKeys } from '#server/use-cases/auth/secrets.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';
import { describeUnknownNames } from '#server/runtime/unknown-names.ts';

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
const LOG_FORMATS = ['lines', 'json'] as const;
const TOKEN_KEY_BYTES = 32;
/** The seed of an Ed25519 key. */
const SIGNING_KEY_BYTES = 32;
const ADMIN_KEY_CHARS_MIN = 16;
/** Spotify truncates playlist names at 100 characters. */
const TEMPLATE_CHARS_MAX = 100;

export interface TokenKey {
  readonly id: string;
  readonly key: Buffer;
}

/** Every environment variable that Segue reads; .env.example documents each. Messages start after the variable's name and never repeat a value. */
const envSchema = z.object({
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'is not a host name or address: use 127.0.0.1 for this machine only, 0.0.0.0 for all')
    .default('127.0.0.1'),
  PORT: wholeSetting(0, 65_535, 'use one such as 3000, or 0 for any free port').default(3000),
  PUBLIC_URL: webAddress('https://segue.example.org')
    .refine((text) => new URL(text).pathname === '/', 'must not have a path: write only scheme, host and port')
    .optional(),
  ALLOWED_ORIGINS: z
    .string()
    .transform(splitList)
    .pipe(z.array(z.string().refine(isOrigin, 'has an entry that is not an origin: write them like https://one.example,https://two.example')))
    .default([]),
  ALLOWED_HOSTS: z
    .string()
    .transform(splitList)
    .pipe(z.array(z.string().refine(isHostName, 'has an entry that is not a host name: write them like segue.lan,192.168.1.20, without port')))
    .default([]),
  TRUST_PROXY: choiceSetting(['yes', 'no'])
    .transform((value) => value === 'yes')
    .default(false),
  DATABASE_URL: z
    .string()
    .superRefine((text, context) => {
      const problem = databaseUrlProblem(text);
      if (problem !== undefined) context.addIssue(problem);
    })
    .optional(),
  SEGUE_HOME: z
    .string()
    .transform((text, context) => {
      const folder = expandHome(text);
      if (folder === undefined) context.addIssue("names another user's home folder: write the whole path");
      return folder ?? z.NEVER;
    })
    .default('.segue'),
  ADMIN_API_KEY: z
    .string()
    .refine(
      (value) => splitAdminKeys(value).every((key) => key.length >= ADMIN_KEY_CHARS_MIN),
      `is too short to be a secret: use at least ${ADMIN_KEY_CHARS_MIN} characters for each key, and write two as new,old`,
    )
    .optional(),
  SPOTIFY_CLIENT_ID: z.string().regex(/^\w+$/, 'is not a client ID: copy it from your app in the Spotify developer dashboard').optional(),
  SPOTIFY_CLIENT_SECRET: z.string().optional(),
  SPOTIFY_API_URL: webAddress('https://api.spotify.com').optional(),
  SPOTIFY_ACCOUNTS_URL: webAddress('https://accounts.spotify.com').optional(),
  SPOTIFY_PROFILE: choiceSetting(CAPABILITY_PROFILES).default('dev-2026'),
  SPOTIFY_TOKEN_KEY: z.string().transform(keyRingSetting).optional(),
  SEGUE_SIGNING_KEY: z.string().transform(signingSeedSetting).optional(),
  SPOTIFY_REQUESTS_PER_30S: wholeSetting(1, 1_000_000, 'leave it out for 100 a minute').optional(),
  VENDOR_REQUESTS_PER_MINUTE: z.string().transform(parseRequestRates).default({}),
  RECCOBEATS_URL: webAddress('https://api.reccobeats.com').optional(),
  MUSICBRAINZ_URL: webAddress('https://musicbrainz.org').optional(),
  MUSICBRAINZ_CONTACT: z.string().min(3, 'is too short: give the email or web address that MusicBrainz requires of every client').optional(),
  GEMINI_API_KEY: apiKey,
  GEMINI_URL: webAddress('https://generativelanguage.googleapis.com').optional(),
  GEMINI_TEXT_MODEL: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'is not the name of a model: write it like gemini-3.8-flash')
    .default('gemini-3.8-flash'),
  STABILITY_API_KEY: apiKey,
  STABILITY_URL: webAddress('https://api.stability.ai').optional(),
  FAL_KEY: apiKey,
  FAL_URL: webAddress('http://127.0.0.1:4016').optional(),
  ...S3_SETTINGS,
  PROMPT_SOURCE: choiceSetting(PROMPT_SOURCES).default('derived'),
  PLAYLIST_NAME_TEMPLATE: z
    .string()
    .max(TEMPLATE_CHARS_MAX, `is longer than ${TEMPLATE_CHARS_MAX} characters, the most that Spotify shows: shorten it`)
    .default('Vibe • {ThemeTag} • #{GlobalIndex:000} • {YYYY-MM-DD}'),
  INGEST_CONCURRENCY: wholeSetting(1, 64, 'leave it out for 8').default(8),
  SANDBOX_ALBUMS: wholeSetting(200, 100_000, 'leave it out for 2000').default(2_000),
  LOG_LEVEL: choiceSetting(LOG_LEVELS).default('info'),
  LOG_FORMAT: choiceSetting(LOG_FORMATS).optional(),
  FAULT_AT: z
    .string()
    .regex(/^[\w.-]+:[1-9]\d*$/, 'is not name:n: it is for tests only, leave it out')
    .optional(),
});

export type Env = z.infer<typeof envSchema>;

const VALUE_NAMES = Object.keys(envSchema.shape);

export const ENV_NAMES: readonly string[] = [...VALUE_NAMES, ...SECRET_FILE_NAMES];

/**
 * Validates the environment, and reads the secrets whose files it names. An empty variable counts as unset. Throws one StartError that lists every
 * problem with its remedy.
 */
export function loadEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const secrets = readSecretFiles(variables);
  const given = Object.fromEntries(VALUE_NAMES.map((name) => [name, secrets.source[name]?.trim() || undefined]));
  const parsed = envSchema.safeParse(given);
  const invalid = parsed.success ? findConflicts(parsed.data) : parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`);
  const problems = [...secrets.problems, ...invalid];
  if (parsed.success && problems.length === 0) return parsed.data;
  const count = problems.length === 1 ? 'One setting is' : `${problems.length} settings are`;
  throw new StartError([`${count} invalid:`, ...problems].join('\n  '), { exitCode: EXIT_CONFIG });
}

const ENV_FILE = fileURLToPath(new URL('../.env', import.meta.url));

/**
 * Reads the process's environment; .env beside package.json supplies what is not set. Names that Segue does not know are reported and ignored. The only
 * reader of process.env. Throws StartError.
 */
export function readProcessEnv(
  variables: Record<string, string | undefined> = process.env,
  file: string = ENV_FILE,
  report: (line: string) => void = (line) => void process.stderr.write(`Segue: ${line}\n`),
): Env {
  const { values, oddLines } = readEnvFile(file);
  for (const line of oddLines) report(`Line ${line} of ${file} is not NAME=value and is ignored.`);
  for (const sentence of describeUnknownNames({ file: Object.keys(values), process: Object.keys(variables) }, ENV_NAMES)) report(sentence);
  for (const [name, value] of Object.entries(values)) variables[name] ??= value;
  return loadEnv(variables);
}

function findConflicts(env: Env): string[] {
  const problems: string[] = [];
  if (env.SPOTIFY_CLIENT_SECRET && !env.SPOTIFY_CLIENT_ID)
    problems.push('SPOTIFY_CLIENT_SECRET is set without SPOTIFY_CLIENT_ID: set both, or neither for the sandbox.');
  if ((env.SPOTIFY_API_URL === undefined) !== (env.SPOTIFY_ACCOUNTS_URL === undefined)) {
    problems.push('SPOTIFY_API_URL and SPOTIFY_ACCOUNTS_URL belong together: set both, or neither.');
  }
  if (env.SPOTIFY_REQUESTS_PER_30S !== undefined && env.VENDOR_REQUESTS_PER_MINUTE.spotify !== undefined) {
    problems.push('SPOTIFY_REQUESTS_PER_30S and spotify in VENDOR_REQUESTS_PER_MINUTE set the same limit: set only one of them.');
  }
  return [...problems, ...s3Problems(env)];
}

function isOrigin(text: string): boolean {
  return isWebAddress(text) && new URL(text).origin === text.replace(/\/$/, '');
}

function isHostName(text: string): boolean {
  return /^(?:[\w-]+(?:\.[\w-]+)*|\[[\da-f:.]+\])$/i.test(text);
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim().replace(/\/$/, ''))
    .filter((entry) => entry !== '');
}

/** Parses `spotify:100,gemini:60`: requests a minute, shared by all processes. */
function parseRequestRates(text: string, context: z.RefinementCtx): Readonly<Partial<Record<Vendor, number>>> {
  const rates: Partial<Record<Vendor, number>> = {};
  for (const entry of splitList(text)) {
    const [, name, requests] = /^([a-z]+):([1-9]\d{0,6})$/.exec(entry) ?? [];
    const vendor = VENDORS.find((one) => one === name);
    if (vendor === undefined || rates[vendor] !== undefined) {
      context.addIssue(`is not a list of budgets: write it like spotify:100,musicbrainz:60, with each of ${VENDORS.join(', ')} at most once`);
      return z.NEVER;
    }
    rates[vendor] = Number(requests);
  }
  return rates;
}

function keyRingSetting(text: string, context: z.RefinementCtx): readonly TokenKey[] {
  const keys = parseKeyRing(text);
  if (keys) return keys;
  context.addIssue('is not a key ring: write name:key with 32 bytes in base64 (openssl rand -base64 32), newest first, older keys after a comma');
  return z.NEVER;
}

function signingSeedSetting(text: string, context: z.RefinementCtx): Uint8Array {
  const seed = Buffer.from(text, 'base64');
  // Node skips characters that are not base64, so a mistyped key would be another key.
  if (seed.length === SIGNING_KEY_BYTES && seed.toString('base64').replace(/=$/, '') === text.replace(/=$/, '')) return seed;
  context.addIssue('is not 32 bytes in base64: make one with openssl rand -base64 32');
  return z.NEVER;
}

/** Parses `kid:base64,kid2:base64`: the first key encrypts, all decrypt. Undefined for any other text and for duplicate key ids. */
export function parseKeyRing(text: string): readonly TokenKey[] | undefined {
  const keys = splitList(text).map((entry) => {
    const [id = '', encoded = ''] = entry.split(':');
    return { id, key: Buffer.from(encoded, 'base64') };
  });
  const isValid = keys.length > 0 && keys.every(({ id, key }) => /^[\w-]{1,16}$/.test(id) && key.length === TOKEN_KEY_BYTES);
  return isValid && new Set(keys.map(({ id }) => id)).size === keys.length ? keys : undefined;
}
