import packed from '@sparticuz/chromium';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** The browsers themselves before their wrapper scripts, which print noise. */
const INSTALLED = [
  '/usr/lib/chromium/chromium',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
/** Nothing but the page under test reaches for the network. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** CHROMIUM_PATH, else an installed Chromium, else the one npm brought: no download in any case. Close it when done. */
export async function launchChromium(): Promise<Browser> {
  const wanted = process.env['CHROMIUM_PATH'];
  if (wanted && !existsSync(wanted)) throw new Error(`CHROMIUM_PATH ${wanted} does not exist. Correct it, or leave it out.`);
  const executablePath = wanted ?? INSTALLED.find((file) => existsSync(file));
  if (executablePath) return chromium.launch({ executablePath, args: FLAGS });
  const libraries = unpackLibraries();
  const searchPath = [libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return chromium.launch({ executablePath: await packed.executablePath(), args: FLAGS, env: { ...process.env, LD_LIBRARY_PATH: searchPath } });
}

/** NSS and what else a bare Debian lacks lies packed beside the browser. Unpacked once a machine and user, whole or not at all. */
function unpackLibraries(): string {
  const folder = path.join(os.tmpdir(), `chromium-libraries-${process.getuid?.() ?? 0}`);
  const libraries = path.join(folder, 'lib');
  if (existsSync(libraries)) return libraries;
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const home = entry.slice(0, entry.lastIndexOf('/chromium/') + '/chromium/'.length);
  const archive = brotliDecompressSync(readFileSync(path.join(home, 'bin', 'al2023.tar.br')));
  const unfinished = mkdtempSync(`${folder}-`);
  execFileSync('tar', ['x', '-C', unfinished], { input: archive });
  try {
    renameSync(unfinished, folder);
  } catch {
    // Another test process was first; its copy is as good.
    rmSync(unfinished, { recursive: true, force: true });
  }
  return libraries;
}
