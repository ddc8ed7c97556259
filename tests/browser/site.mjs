// What the checks share: the program, its servers, the browser, the list of pages.
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

export const root = process.env.COURSE_ROOT || path.resolve(import.meta.dirname, '../..');
const program = process.env.COURSE_BIN || path.join(import.meta.dirname, '../../target/debug/course');
export const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'course-browser-'));

/** Runs the program to its end; its output, or an error with it. */
export function run(args, book = root) {
  const done = spawnSync(program, args, { env: { ...process.env, COURSE_ROOT: book }, encoding: 'utf8' });
  if (done.status !== 0) {
    throw new Error(`course ${args.join(' ')} ended with ${done.status}: ${done.stderr}`);
  }
  return done.stdout;
}

/** Starts the book's own server on a free port: { url, said(), stop() }. */
export async function serve(book = root) {
  const child = spawn(program, ['serve', '--port', '0', '--no-open'], {
    env: { ...process.env, COURSE_ROOT: book },
  });
  let text = '';
  const url = await new Promise((resolve, reject) => {
    const read = (data) => {
      text += data;
      const found = text.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) {
        resolve(found[0]);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
  });
  return { url, said: () => text, stop: () => child.kill('SIGINT') };
}

const TYPES = {
  '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2', '.png': 'image/png',
};

/** A plain static server that has the folder under `prefix` ("/some/sub/") and nothing else. */
export async function serveStatic(folder, prefix) {
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    let file = asked.startsWith(prefix) && path.join(folder, asked.slice(prefix.length));
    if (file && file.endsWith('/') || file === folder) {
      file = path.join(file, 'index.html');
    }
    const found = file && file.startsWith(folder) && fs.existsSync(file) && fs.statSync(file).isFile();
    const send = found ? file : path.join(folder, '404.html');
    response.writeHead(found ? 200 : 404, { 'content-type': TYPES[path.extname(send)] || 'text/plain' });
    response.end(request.method === 'HEAD' ? undefined : fs.readFileSync(send));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

/** A copy of the book whose pages may be changed; all else is linked to. */
export function editableBook() {
  const copy = path.join(scratch, 'book-copy');
  fs.mkdirSync(path.join(copy, 'book'), { recursive: true });
  for (const name of ['Cargo.toml', 'README.md', 'course.toml', 'chapters', 'shared', 'data', 'tests']) {
    fs.symlinkSync(path.join(root, name), path.join(copy, name));
  }
  for (const name of ['book.toml', 'theme']) {
    fs.symlinkSync(path.join(root, 'book', name), path.join(copy, 'book', name));
  }
  fs.cpSync(path.join(root, 'book/src'), path.join(copy, 'book/src'), { recursive: true });
  return copy;
}

/** Addresses of all pages of a rendered book, from its root. */
export function pages(folder) {
  return fs
    .readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.html'))
    .map((name) => name.split(path.sep).join('/'))
    .sort();
}

export async function launch() {
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

/** A tab that counts as faults what no page may do: errors, requests to elsewhere. */
export async function openTab(browser, options, faults) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const tab = await context.newPage();
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      faults.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  tab.on('pageerror', (error) => faults.push(`script error: ${error.message}`));
  tab.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== 'data:' && hostname !== '127.0.0.1') {
      faults.push(`request to elsewhere: ${request.url()}`);
    }
  });
  return tab;
}

/** Reports a check; counts it. */
export const counts = { passed: 0, failed: 0 };
export function report(name, faults) {
  const shown = [...new Set(faults)];
  counts[shown.length ? 'failed' : 'passed'] += 1;
  console.log(`${shown.length ? 'FAIL' : 'ok'}    ${name}`);
  shown.slice(0, 12).forEach((fault) => console.log(`        ${fault.replaceAll('\n', '\n        ')}`));
  if (shown.length > 12) {
    console.log(`        … and ${shown.length - 12} more`);
  }
}

/** Runs a check that says what it expects by throwing. */
export async function check(name, body) {
  const faults = [];
  try {
    await body(faults);
  } catch (error) {
    faults.push(error.message);
  }
  report(name, faults);
}

export function expect(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}
