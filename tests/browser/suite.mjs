// The browser checks: `node suite.mjs` here, or `cargo test -p course_tests --test browser`.
// Needs Chromium (CHROMIUM or /usr/bin/chromium) and `npm ci` in this folder.
import fs from 'node:fs';
import path from 'node:path';
import * as behaviour from './behaviour.mjs';
import * as bite from './bite.mjs';
import * as each from './pages.mjs';
import { counts, launch, pages, run, scratch, serveStatic } from './site.mjs';

const began = Date.now();
const site = path.join(scratch, 'site');
process.env.SITE = site;
run(['build', '--out', site]);
const names = pages(site);
// In a folder below the server's root, as on a public forge.
const published = await serveStatic(site, '/some/sub/');
const url = `${published.url}/some/sub`;
const browser = await launch();
try {
  await bite.all(browser);
  await each.html(site, names);
  await each.each(browser, url, names);
  await behaviour.all(browser, url, names);
} finally {
  await browser.close();
  published.stop();
  fs.rmSync(scratch, { recursive: true, force: true });
}
const seconds = Math.round((Date.now() - began) / 1000);
console.log(`\n${names.length} pages in ${seconds} s`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed ? 1 : 0;
