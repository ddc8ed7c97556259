// What a reader does: keyboard, search, tabs, colours; the site in a sub-path; live reload.
import fs from 'node:fs';
import path from 'node:path';
import { everythingByKeyboard, focused } from './keyboard.mjs';
import { check, editableBook, expect, openTab, serve } from './site.mjs';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

/** Runs `body` in a fresh tab on `address`. */
async function onPage(browser, name, address, viewport, body) {
  await check(name, async (faults) => {
    const tab = await openTab(browser, { viewport }, faults);
    await tab.goto(address);
    try {
      await body(tab, faults);
    } finally {
      await tab.context().close();
    }
  });
}

async function keyboard(browser, url, lesson) {
  await onPage(browser, 'keyboard: the first stop skips to the text', `${url}/${lesson}`, DESK, async (tab) => {
    await tab.keyboard.press('Tab');
    expect((await focused(tab)).startsWith('a Skip'), `first stop is ${await focused(tab)}`);
    await tab.keyboard.press('Enter');
    expect((await focused(tab)).startsWith('main#text'), `after it: ${await focused(tab)}`);
  });
  // At desk width every page is tried; see pages.mjs.
  await onPage(browser, 'keyboard: Tab reaches everything (phone)', `${url}/${lesson}`, PHONE, everythingByKeyboard);
  await onPage(browser, 'keyboard: folded answers open', `${url}/${lesson}`, DESK, async (tab) => {
    await tab.focus('summary');
    await tab.keyboard.press('Enter');
    expect(await tab.evaluate(() => document.querySelector('details').open), 'Enter does not open it');
  });
  await onPage(browser, 'keyboard: arrows turn the pages', `${url}/${lesson}`, DESK, async (tab) => {
    await Promise.all([tab.waitForURL((now) => !now.pathname.endsWith(lesson)), tab.keyboard.press('ArrowRight')]);
    await tab.waitForLoadState();
    await Promise.all([tab.waitForURL(`**/${lesson}`), tab.keyboard.press('ArrowLeft')]);
  });
  await onPage(browser, 'phone: the contents open, close on Esc, and lead on', `${url}/${lesson}`, PHONE, async (tab) => {
    await tab.focus('#contents-button');
    await tab.keyboard.press('Enter');
    expect(await tab.isVisible('#contents a'), 'they do not open');
    await tab.keyboard.press('Escape');
    expect(!(await tab.isVisible('#contents a')), 'Esc does not close them');
    expect((await focused(tab)).includes('contents-button'), 'the focus is lost');
    await tab.click('#contents-button');
    await Promise.all([tab.waitForURL('**/introduction.html'), tab.click('#contents a')]);
  });
}

async function search(browser, url, lesson) {
  await onPage(browser, 'search: finds a word of a title, by keyboard alone', `${url}/introduction.html`, DESK, async (tab) => {
    const title = fs.readFileSync(path.join(process.env.SITE, lesson), 'utf8').match(/<title>(.*?) - /)[1];
    const word = title.split(/\W+/).sort((a, b) => b.length - a.length)[0];
    await tab.keyboard.press('/');
    await tab.keyboard.type(word);
    await tab.waitForSelector('#search-found a');
    const links = await tab.$$eval('#search-found a', (all) => all.map((a) => a.getAttribute('href')));
    expect(links.some((link) => link.includes(lesson)), `“${word}” does not find ${lesson}: ${links}`);
    await tab.keyboard.press('ArrowDown');
    const href = await tab.evaluate(() => document.activeElement.href);
    await Promise.all([tab.waitForURL(href), tab.keyboard.press('Enter')]);
  });
  await onPage(browser, 'search: says so when nothing is found, closes on Esc', `${url}/${lesson}`, DESK, async (tab) => {
    await tab.click('#search-button');
    await tab.fill('#search-word', 'zyxwvut');
    await tab.waitForFunction(() => document.getElementById('search-status').textContent.startsWith('No places'));
    await tab.keyboard.press('Escape');
    expect(!(await tab.isVisible('#search')), 'Esc does not close it');
  });
}

async function choices(browser, url, names) {
  await onPage(browser, 'colours: as the system, light, dark; remembered', `${url}/introduction.html`, DESK, async (tab) => {
    const background = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await tab.click('#colours-button');
    await tab.click('#colours-button');
    const dark = await background();
    expect(dark !== light, `dark is as light: ${dark}`);
    await tab.reload();
    expect((await background()) === dark, 'a new page forgets the choice');
  });
  const withTabs = names.find((name) => fs.readFileSync(path.join(process.env.SITE, name), 'utf8').includes('class="tabs"'));
  if (!withTabs) {
    console.log('skip  tabs: no page has any');
    return;
  }
  await onPage(browser, 'tabs: arrows choose, the choice is remembered', `${url}/${withTabs}`, DESK, async (tab) => {
    const chosen = () => tab.$eval('[role="tab"][aria-selected="true"]', (e) => e.textContent);
    const shown = () => tab.$eval('.tabs', (group) => group.querySelectorAll(':scope > .tab:not([hidden])').length);
    const first = await chosen();
    await tab.focus('[role="tab"][aria-selected="true"]');
    await tab.keyboard.press('ArrowRight');
    const second = await chosen();
    expect(second !== first && (await shown()) === 1, 'the arrow key does not change the tab');
    await tab.reload();
    expect((await chosen()) === second, 'a new page forgets the choice');
  });
}

async function missing(browser, url) {
  for (const address of ['nothing.html', 'deep/down/nothing.html']) {
    await onPage(browser, `404: ${address} leads to the first page`, `${url}/introduction.html`, DESK, async (tab, faults) => {
      const answer = await tab.goto(`${url}/${address}`);
      expect(answer.status() === 404, `the status is ${answer.status()}`);
      await tab.waitForFunction(() => new URL(document.getElementById('start').href).pathname !== '/');
      const start = await tab.$eval('#start', (a) => a.href);
      expect(start === `${url}/`, `the link leads to ${start}`);
      // The page itself is the one error that the console may tell.
      faults.splice(0, faults.length, ...faults.filter((fault) => !fault.includes(address)));
    });
  }
}

/** The book's own server: headers, reload, and what it says about a fault. */
async function live(browser) {
  const copy = editableBook();
  const page = path.join(copy, 'book/src/introduction.md');
  const original = fs.readFileSync(page, 'utf8');
  const server = await serve(copy);
  await onPage(browser, 'live: a changed page reloads, a fault is told and the last good page stays', `${server.url}/introduction.html`, DESK, async (tab) => {
    const has = (word) => tab.waitForFunction((w) => document.body?.textContent.includes(w), word, { timeout: 15000 });
    await tab.waitForTimeout(500); // until the page listens
    fs.writeFileSync(page, `${original}\n\nAdded while it was open.\n`);
    await has('Added while it was open.');
    fs.writeFileSync(page, `${original}\n\nA wrong formula: $\\frac{1}$.\n`);
    const line = original.split('\n').length + 2;
    for (let tries = 0; !server.said().includes(`introduction.md:${line}:`); tries += 1) {
      expect(tries < 100, `the fault is not told: ${server.said()}`);
      await tab.waitForTimeout(100);
    }
    await tab.reload();
    await has('Added while it was open.');
    fs.writeFileSync(page, `${original}\n\nMended.\n`);
    await has('Mended.');
  });
  await onPage(browser, 'live: search, tabs and styles work under the server’s own rules', `${server.url}/notation.html`, DESK, async (tab) => {
    await tab.keyboard.press('/');
    await tab.keyboard.type('neuron');
    await tab.waitForSelector('#search-found a');
  });
  server.stop();
}

export async function all(browser, url, names) {
  const lesson = names.find((name) => /^ch.*\/01_/.test(name)) || names[0];
  await keyboard(browser, url, lesson);
  await search(browser, url, lesson);
  await choices(browser, url, names);
  await missing(browser, url);
  await live(browser);
}
