// A User-Agent in a few words.
import { describe, expect, it } from 'vitest';
import { browserName } from './browserName';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)';
const ANDROID = `Mozilla/5.0 (Linux; Android 12) ${WEBKIT} Chrome/107.0 Mobile Safari/537.36`;

describe('a browser', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; rv:115.0) Gecko/20100101 Firefox/115.0',
      'Firefox 115 · Windows',
    ],
    [
      `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/120.0.0.0 Safari/537.36`,
      'Chrome 120 · Linux',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/109.0 Safari/537.36 Edg/109.0`,
      'Edge 109 · Windows',
    ],
    [`${IPHONE} ${WEBKIT} Version/17.0 Mobile/15E Safari/604.1`, 'Safari 17 · iOS'],
    [`${ANDROID} MicroMessenger/8.0.40`, 'WeChat 8 · Android'],
    ['curl/7.88.1', 'curl/7.88.1'],
    ['', ''],
    ['x'.repeat(300), 'x'.repeat(40)],
  ])('is told by its name and system: %s', (agent, name) => {
    expect(browserName(agent)).toBe(name);
  });
});
