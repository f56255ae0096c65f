// Makes demonstration ledgers of its own and serves them for the tests, on loopback.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    base: string;
    passwords: Record<string, string>;
    ledger: string;
  }
}

/** Where a ledger is served, and who may come in. */
export interface Site {
  base: string;
  passwords: Record<string, string>;
}

export const CHROMIUM = '/usr/bin/chromium';
const ROOT = new URL('../..', import.meta.url).pathname;
// TZ_PROGRAM, TZ_DAYS_LATER and TZ_DIVISIONS name other builds.
export const PROGRAM = process.env.TZ_PROGRAM ?? join(ROOT, 'build/test/taizhang');
const DAYS_LATER = process.env.TZ_DAYS_LATER ?? join(dirname(PROGRAM), 'tests/story/days_later');
const DIVISIONS = process.env.TZ_DIVISIONS ?? join(ROOT, 'build/divisions/2.3.1');

/** What the program prints, given these words. */
export const taizhang = (...words: string[]): string =>
  execFileSync(PROGRAM, words, { encoding: 'utf8' });

/** A small programme, adopted by the program beside the server. */
export const adoptProgramme = (demo: Demo): void => {
  taizhang('programme', 'adopt', demo.ledger, join(ROOT, 'web/e2e/programme.yaml'));
};

/** A demonstration ledger in a temporary folder, served until it is ended. */
export class Demo implements Site {
  base = '';
  readonly passwords: Record<string, string> = {};
  readonly ledger: string;
  private server: ChildProcess | null = null;

  private constructor(private readonly folder: string) {
    this.ledger = join(folder, 'ledger');
  }

  static async begin(): Promise<Demo> {
    const demo = new Demo(mkdtempSync(join(tmpdir(), 'tz-web-')));
    const shared = process.env['TZ_DEMONSTRATION'];
    if (shared) execFileSync('cp', ['-R', '-p', shared, demo.ledger]);
    else
      execFileSync(PROGRAM, ['demo', demo.ledger, '--divisions', DIVISIONS], { stdio: 'ignore' });
    const accounts = readFileSync(join(demo.ledger, 'keys/demo-accounts.txt'), 'utf8');
    for (const line of accounts.trim().split('\n')) {
      const [, name = '', , password = ''] = line.split(/\s+/);
      demo.passwords[name] = password;
    }
    await demo.start('0');
    return demo;
  }

  /** Brings the ledger's clock that much further; it is served at the same address again. */
  async daysLater(days: number): Promise<void> {
    await this.stop();
    execFileSync(DAYS_LATER, [this.ledger, String(days)], { stdio: 'inherit' });
    await this.start(new URL(this.base).port);
  }

  /** Serves it anew at the same address, e.g. after its settings were changed. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start(new URL(this.base).port);
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async start(port: string): Promise<void> {
    const server = spawn(PROGRAM, ['serve', this.ledger, '--listen', `127.0.0.1:${port}`]);
    this.server = server;
    this.base = await new Promise<string>((resolve, reject) => {
      let said = '';
      const listen = (bytes: Buffer) => {
        said += bytes.toString();
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
        if (address) resolve(address[0]);
      };
      server.stdout.on('data', listen);
      server.stderr.on('data', listen);
      server.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
    });
  }

  private async stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (!server || server.exitCode !== null) return;
    const ended = new Promise((resolve) => server.on('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  }
}

/** The ledger that every file of tests shares which does not begin one of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // A way that could not be gone is a failure, never passed over.
  if (!existsSync(CHROMIUM)) throw new Error(`no ${CHROMIUM}: script/setup installs it`);
  const demo = await Demo.begin();
  adoptProgramme(demo);
  project.provide('base', demo.base);
  project.provide('passwords', demo.passwords);
  project.provide('ledger', demo.ledger);
  return () => demo.end();
}
