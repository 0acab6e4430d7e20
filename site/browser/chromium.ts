/** Starts the browser of the machine; says what is missing where there is none. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PROGRAM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Nothing that goes out to the network by itself; the sandbox cannot be had as root, and all pages are ours. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function startBrowser(): Promise<Browser> {
  if (!existsSync(PROGRAM)) {
    throw new Error(`${PROGRAM} is not there; site/browser/install.sh installs it, or name another with CHROMIUM=`);
  }
  return chromium.launch({ executablePath: PROGRAM, args: ARGS, timeout: 60_000 });
}
