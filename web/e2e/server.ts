// Makes a demonstration ledger of its own and serves it for the tests, on loopback.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    base: string;
    passwords: Record<string, string>;
    ledger: string;
  }
}

const ROOT = new URL('../..', import.meta.url).pathname;

/** TZ_PROGRAM and TZ_DIVISIONS name other builds; TZ_BASE a server that runs already. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const program = process.env.TZ_PROGRAM ?? join(ROOT, 'build/release/taizhang');
  const divisions = process.env.TZ_DIVISIONS ?? join(ROOT, 'build/divisions/2.3.1');
  const folder = mkdtempSync(join(tmpdir(), 'tz-web-'));
  const ledger = join(folder, 'ledger');
  execFileSync(program, ['demo', ledger, '--divisions', divisions], { stdio: 'ignore' });
  const server = spawn(program, ['serve', ledger, '--listen', '127.0.0.1:0']);
  const base = await new Promise<string>((resolve, reject) => {
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
  const accounts = readFileSync(join(ledger, 'keys/demo-accounts.txt'), 'utf8');
  const passwords: Record<string, string> = {};
  for (const line of accounts.trim().split('\n')) {
    const [, name = '', , password = ''] = line.split(/\s+/);
    passwords[name] = password;
  }
  project.provide('base', base);
  project.provide('passwords', passwords);
  project.provide('ledger', ledger);
  return async () => {
    const ended = new Promise((resolve) => server.on('exit', resolve));
    server.removeAllListeners('exit');
    server.on('exit', () => undefined);
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
}
