// typst.mjs FILE COUNT [OUT]: compiles a Typst file COUNT times in one process, each time with
// another name in the place of @NAME@, after one that is not measured unless COUNT is 0; prints
// documents, CPU seconds and bytes of each as JSON. COUNT 0: once, cold, written to OUT.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.TYPST_MODULES || process.cwd(), 'x.js'));
const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler');
const [file, count, out] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const compiler = NodeCompiler.create({ workspace: '.' });
const make = (name) => compiler.pdf({ mainFileContent: text.replaceAll('@NAME@', name) });

const first = make('Nobody');
if (Number(count) === 0) {
  writeFileSync(out, first);
} else {
  const before = process.cpuUsage();
  let bytes = 0;
  for (let i = 0; i < Number(count); i++) {
    bytes += make(`Reader ${i}`).length;
    compiler.evictCache(10);
  }
  const used = process.cpuUsage(before);
  console.log(JSON.stringify({
    documents: Number(count),
    seconds: (used.user + used.system) / 1e6,
    bytes: Math.round(bytes / Number(count)),
  }));
}
