// Writes down, while the web is built, whose code went into it and under which licence.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** A plugin for the bundler: the file `licences.txt` with every package that was bundled. */
export function licences() {
  return {
    name: 'licences',
    generateBundle(_, bundle) {
      const folders = new Set();
      for (const chunk of Object.values(bundle))
        for (const id of Object.keys(chunk.modules ?? {})) {
          const folder = PACKAGE.exec(id.replace(/^\0/, ''))?.[1];
          if (folder && existsSync(join(folder, 'package.json'))) folders.add(folder);
        }
      const texts = new Map([...folders].map(textOf));
      const source = [...texts.keys()]
        .sort()
        .map((name) => texts.get(name))
        .join('\n');
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source });
    },
  };
}

function textOf(folder) {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!about.license) throw new Error(`${about.name} does not say under which licence it stands`);
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '';
  const heading = `${about.name} ${about.version}: ${about.license}`;
  return [about.name, `${heading}\n${'-'.repeat(heading.length)}\n\n${text}\n`];
}
