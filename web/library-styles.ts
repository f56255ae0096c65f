// The component library makes its styles in the browser, on every first page anew. Here they are
// made once, while the web is built; the library finds them named in the sheet and makes none.
import { createElement, type ReactNode } from 'react';
import { theme } from './src/ui/theme';

const SHEET = 'virtual:library-styles.css';
const RESOLVED = '/library-styles.css';

/** A plugin for the bundler: the sheet `virtual:library-styles.css`, made of the theme. */
export function libraryStyles() {
  return {
    name: 'library-styles',
    resolveId: (id: string) => (id === SHEET ? RESOLVED : undefined),
    load: (id: string) => (id === RESOLVED ? sheet() : undefined),
  };
}

async function sheet(): Promise<string> {
  const { createCache, extractStyle, StyleProvider } = await import('@ant-design/cssinjs');
  const { renderToString } = await import('react-dom/server');
  const { ConfigProvider } = await import('antd');
  const cache = createCache();
  const shown = createElement(ConfigProvider, { theme }, ...(await oneOfEach()));
  renderToString(createElement(StyleProvider, { cache }, shown));
  return extractStyle(cache, true);
}

// Every component that the pages use; a test with a browser complains where one is missing.
async function oneOfEach(): Promise<ReactNode[]> {
  const { Button, Form, Image, Input, InputNumber, Radio, Segmented, Select, Tooltip } =
    await import('antd');
  return [
    createElement(Button),
    createElement(Input),
    createElement(Input.TextArea),
    createElement(Form, undefined, createElement(Form.Item)),
    createElement(Image),
    createElement(InputNumber),
    createElement(Radio),
    createElement(Segmented, { options: [''] }),
    createElement(Select),
    createElement(Tooltip),
  ];
}
