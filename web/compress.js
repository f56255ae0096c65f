// After the build: a .gz beside every file that gets smaller by it, and a table of what is loaded.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const FIRST_LOAD_BYTES_MAX = 350 * 1024;
const dist = new URL('dist', import.meta.url).pathname;

function filesBelow(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

const rows = [];
for (const path of filesBelow(dist)) {
  if (path.endsWith('.gz')) continue;
  const bytes = readFileSync(path);
  const packed = gzipSync(bytes, { level: 9 });
  // The page itself is filled in by the server and so stays as it is.
  if (/\.(js|css|svg|txt)$/.test(path) && packed.length < bytes.length)
    writeFileSync(`${path}.gz`, packed);
  rows.push({ path: relative(dist, path), bytes: bytes.length, packed: packed.length });
}

const page = readFileSync(join(dist, 'index.html'), 'utf8');
const isFirst = (row) => row.path === 'index.html' || page.includes(`/${row.path}"`);
const first = rows.filter(isFirst).reduce((sum, row) => sum + row.packed, 0);

rows.sort((a, b) => b.packed - a.packed);
const line = (name, bytes, packed, when) => `| ${name} | ${bytes} | ${packed} | ${when} |\n`;
let table = line('file', 'bytes', 'gzip', 'loaded') + line('---', '---:', '---:', '---');
for (const row of rows)
  table += line(
    row.path.replace(/-[\w-]{8}\./, '.'),
    row.bytes,
    row.packed,
    isFirst(row) ? 'first' : 'later',
  );
writeFileSync(join(dist, '..', 'bundle.md'), table);
console.log(`first load: ${first} bytes compressed, at most ${FIRST_LOAD_BYTES_MAX}`);
if (first > FIRST_LOAD_BYTES_MAX) {
  console.error('the first load is too big: split a page off, or do without a component');
  process.exit(1);
}
