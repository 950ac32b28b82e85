import packed from '@sparticuz/chromium';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** Browser binaries come before their wrapper scripts, which print noise. */
const INSTALLED = [
  '/usr/lib/chromium/chromium',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
/** Only the page under test uses the network. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts CHROMIUM_PATH, else an installed Chromium, else the one from npm; never downloads. The caller closes it. Throws when CHROMIUM_PATH does not exist. */
export async function launchChromium(): Promise<Browser> {
  const wanted = process.env['CHROMIUM_PATH'];
  if (wanted && !existsSync(wanted)) throw new Error(`CHROMIUM_PATH ${wanted} does not exist. Correct it or unset it.`);
  const executablePath = wanted ?? INSTALLED.find((file) => existsSync(file));
  if (executablePath) return chromium.launch({ executablePath, args: FLAGS });
  const libraries = unpackLibraries();
  const searchPath = [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return chromium.launch({ executablePath: await packed.executablePath(), args: FLAGS, env: { ...process.env, LD_LIBRARY_PATH: searchPath } });
}

/** Unpacks the libraries that a bare Debian lacks (NSS and others) from the npm package. Atomic, once per machine and user. */
function unpackLibraries(): string {
  const folder = path.join(os.tmpdir(), `chromium-libraries-${process.getuid?.() ?? 0}`);
  const libraries = path.join(folder, 'lib');
  if (existsSync(libraries)) return libraries;
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const packageFolder = entry.slice(0, entry.lastIndexOf('/chromium/') + '/chromium/'.length);
  const archive = brotliDecompressSync(readFileSync(path.join(packageFolder, 'bin', 'al2023.tar.br')));
  const temporary = mkdtempSync(`${folder}-`);
  execFileSync('tar', ['x', '-C', temporary], { input: archive });
  try {
    renameSync(temporary, folder);
  } catch {
    // Another test process unpacked them first.
    rmSync(temporary, { recursive: true, force: true });
  }
  return libraries;
}
