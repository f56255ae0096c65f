// The measuring of pages: a run of its own, in a quiet hour. bench/web_bench.py starts it.
import { defineConfig } from 'vitest/config';
import tests from './vitest.config';

export default defineConfig({
  test: { ...tests.test, include: ['e2e/speed.ts'], testTimeout: 600_000 },
});
