import { readProcessEnv } from '#server/env.ts';
import type { Env } from '#server/env.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const KEY = Buffer.alloc(32, 7).toString('base64');

function read(content: string | Buffer, variables: Record<string, string> = {}): { env: Env; told: string[] } {
  const file = path.join(folder.path, '.env');
  writeFileSync(file, content);
  const told: string[] = [];
  const env = readProcessEnv(variables, file, (line) => told.push(line.replace(file, '.env')));
  return { env, told };
}

function secretFile(name: string, content: string | Buffer): string {
  const file = path.join(folder.path, name);
  writeFileSync(file, content);
  return file;
}

describe('a .env file is read however it was saved', () => {
  test.each([
    ['with a byte order mark', '\uFEFFPORT=3297\nHOST=0.0.0.0\n'],
    ['with Windows line ends', 'PORT=3297\r\nHOST=0.0.0.0\r\n'],
    ['with a byte order mark and Windows line ends', '\uFEFFPORT=3297\r\nHOST=0.0.0.0'],
    ['with old Macintosh line ends', 'PORT=3297\rHOST=0.0.0.0\r'],
    ['with export, spaces, quotes and comments', '# mine\n\nexport PORT = "3297" # the port\nHOST=\'0.0.0.0\'\n'],
  ])('%s', (_how, content) => {
    const { env, told } = read(content);
    expect([env.PORT, env.HOST, told]).toEqual([3297, '0.0.0.0', []]);
  });

  test.each([
    ['UTF-16 of Windows', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('PORT=3297', 'utf16le')]), /is saved as UTF-16\. Save it as UTF-8\./],
    ['UTF-16, big-endian', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('PORT=3297', 'utf16le').swap16()]), /UTF-16/],
    ['UTF-16 without a mark', Buffer.from('PORT=3297', 'utf16le'), /UTF-16/],
    ['Latin-1', Buffer.from('ADMIN_API_KEY=pässwörter-sind-länger', 'latin1'), /another encoding than UTF-8/],
  ])('%s is refused', (_name, content, sentence) => {
    expect(() => read(content)).toThrow(sentence);
  });

  test('a missing file is an empty one, and an unreadable one is refused', () => {
    expect(readProcessEnv({}, path.join(folder.path, 'none')).PORT).toBe(3000);
    const file = path.join(folder.path, 'is-a-folder');
    mkdirSync(file);
    expect(() => readProcessEnv({}, file)).toThrow(/cannot be read \(EISDIR\)/);
  });

  test('the environment wins over the file', () => {
    expect(read('PORT=1\nHOST=0.0.0.0', { PORT: '2' }).env).toMatchObject({ PORT: 2, HOST: '0.0.0.0' });
  });
});

describe('what is ignored is told', () => {
  test.each([
    ['DATABSE_URL=postgres://u:hunter2@h/d', 'DATABSE_URL in .env is not a setting of Segue and is ignored. Did you mean DATABASE_URL?'],
    ['database_url=x', 'database_url in .env is not a setting of Segue and is ignored. Did you mean DATABASE_URL?'],
    ['ADMIN_APIKEY=hunter2', 'ADMIN_APIKEY in .env is not a setting of Segue and is ignored. Did you mean ADMIN_API_KEY?'],
    ['PUBLIC_ULR=x', 'PUBLIC_ULR in .env is not a setting of Segue and is ignored. Did you mean PUBLIC_URL?'],
    ['ADMIN_API_KEY_FIEL=/x', 'ADMIN_API_KEY_FIEL in .env is not a setting of Segue and is ignored. Did you mean ADMIN_API_KEY_FILE?'],
    ['FLAVOR=vanilla', 'FLAVOR in .env is not a setting of Segue and is ignored. Remove it, or see .env.example for the names.'],
    ['PORT 3000', 'Line 1 of .env is not NAME=value and is ignored.'],
    ['PORT=3000\n\nHOST: 0.0.0.0', 'Line 3 of .env is not NAME=value and is ignored.'],
  ])('%s', (content, sentence) => {
    expect(read(content).told).toEqual([sentence]);
    expect(sentence).not.toContain('hunter2');
  });

  test('in the environment only what looks like a setting of Segue is told, and nothing of other programs', () => {
    const others = {
      PATH: '/bin',
      HOME: '/root',
      HOSTNAME: 'box',
      npm_config_cache: 'x',
      NODE_ENV: 'production',
      TZ: 'UTC',
      PGPASSWORD: 'x',
      EDITOR: 'vi',
    };
    expect(read('', others).told).toEqual([]);
    expect(read('', { ...others, SEGUE_HOEM: 'x', SPOTIFY_CLIENTID: 'x', DATABASE_URI: 'x' }).told).toEqual([
      expect.stringContaining('SEGUE_HOEM in the environment'),
      expect.stringContaining('Did you mean SPOTIFY_CLIENT_ID?'),
      expect.stringContaining('Did you mean DATABASE_URL?'),
    ]);
  });

  test('a value of several lines in quotes is not told', () => {
    expect(read('PLAYLIST_NAME_TEMPLATE="one\ntwo"\nPORT=1').told).toEqual([]);
  });
});

describe('a secret can be given as a file', () => {
  test.each([
    ['ADMIN_API_KEY', 'a-key-of-many-characters', 'a-key-of-many-characters'],
    ['DATABASE_URL', 'postgres://u:p@h/d', 'postgres://u:p@h/d'],
    ['SPOTIFY_TOKEN_KEY', `k1:${KEY}`, [{ id: 'k1', key: Buffer.alloc(32, 7) }]],
    ['SPOTIFY_CLIENT_SECRET', 'secret', 'secret'],
  ] as const)('%s', (name, secret, value) => {
    for (const content of [secret, `${secret}\n`, `\uFEFF${secret}\r\n`]) {
      const { env } = read(`${name}_FILE=${secretFile('secret', content)}\nSPOTIFY_CLIENT_ID=x`);
      expect(env[name]).toEqual(value);
    }
  });

  test('problems with files are told together with all others, and secrets are not', () => {
    const [short, empty] = [secretFile('short', 'hunter2'), secretFile('empty', '\n')];
    const variables = { ADMIN_API_KEY_FILE: short, SPOTIFY_TOKEN_KEY_FILE: '/nowhere/key', DATABASE_URL_FILE: empty, PORT: 'http' };
    expect(() => read('', variables)).toThrow(/4 settings are invalid:/);
    try {
      read('', variables);
    } catch (error) {
      expect(String(error)).toMatch(/SPOTIFY_TOKEN_KEY_FILE names a file that cannot be read \(\/nowhere\/key: ENOENT\)/);
      expect(String(error)).toMatch(/DATABASE_URL_FILE names an empty file/);
      expect(String(error)).toMatch(/ADMIN_API_KEY is too short/);
      expect(String(error)).not.toContain('hunter2');
    }
    expect(() => read('', { ADMIN_API_KEY_FILE: short, ADMIN_API_KEY: 'x'.repeat(20) })).toThrow(/ADMIN_API_KEY and ADMIN_API_KEY_FILE are both set/);
    chmodSync(short, 0o600);
  });
});

test('a leading ~ is the home folder, in paths of folders and of secrets', () => {
  expect(read('SEGUE_HOME=~/segue').env.SEGUE_HOME).toBe(path.join(homedir(), 'segue'));
  expect(read('SEGUE_HOME=~').env.SEGUE_HOME).toBe(homedir());
  expect(read('SEGUE_HOME=/data/~x').env.SEGUE_HOME).toBe('/data/~x');
  expect(() => read('SEGUE_HOME=~somebody/segue')).toThrow(/SEGUE_HOME names another user's home folder: write the whole path/);
  expect(() => read('ADMIN_API_KEY_FILE=~/no-such-file-of-segue')).toThrow(new RegExp(`\\(${homedir()}/no-such-file-of-segue: ENOENT\\)`));
});
