// How the web is built: one page, hashed assets, for the browsers of old office computers.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { libraryStyles } from './library-styles';
import { licences } from './licences.js';

const REACT =
  /node_modules\/(react|react-dom|scheduler|react-router|react-router-dom|@remix-run)\//;

export default defineConfig({
  plugins: [react(), libraryStyles(), licences()],
  build: {
    outDir: 'dist',
    // 109 is the last Chromium that runs on Windows 7; 115 the last Firefox ESR that does.
    target: ['chrome109', 'firefox115'],
    // Nothing is fetched from data: addresses; the pages' policy allows none for scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      output: {
        // A page fetches a few files, not twenty of half a kilobyte each.
        experimentalMinChunkSize: 12_000,
        manualChunks(id) {
          if (REACT.test(id)) return 'react';
          return undefined;
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/log', '/healthz', '/readyz'].map((path) => [
        path,
        process.env.TZ_API ?? 'http://127.0.0.1:8020',
      ]),
    ),
  },
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], environment: 'node' },
});
