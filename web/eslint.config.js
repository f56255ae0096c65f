// Lint: correctness, accessibility, and the one way of imports between folders:
// lib -> api -> ui -> features -> app; features never import each other.
import jsxA11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const FOLDERS = ['lib', 'locales', 'api', 'ui', 'features', 'app'];

// What a folder may not import: every folder after it.
function oneWay(folder) {
  const later = FOLDERS.slice(FOLDERS.indexOf(folder) + 1);
  const group = later.flatMap((name) => [`**/${name}/**`, `../${name}/**`]);
  const patterns = group.length
    ? [{ group, message: `${folder} comes before these: turn the arrow round` }]
    : [];
  if (folder === 'features')
    patterns.push({
      regex: '^\\.\\./(?!\\.\\.)',
      message: 'features do not import each other: move what is shared to ui or lib',
    });
  return {
    files: [`src/${folder}/**/*.{ts,tsx}`],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  };
}

export default tseslint.config(
  { ignores: ['dist/**', 'src/api/schema.ts', 'node_modules/**'] },
  ...tseslint.configs.recommended,
  jsxA11y.flatConfigs.recommended,
  {
    plugins: { 'react-hooks': hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      'no-restricted-globals': ['error', { name: 'fetch', message: 'only api calls fetch' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'named exports only' },
        {
          selector: 'JSXText[value=/[\\u4e00-\\u9fff]|[A-Za-z]{3}/]',
          message: 'words come from locales',
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['*.ts', '*.js'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['src/api/**', 'e2e/**'], rules: { 'no-restricted-globals': 'off' } },
  { files: ['e2e/**', '**/*.test.*'], rules: { 'no-restricted-syntax': 'off' } },
  ...FOLDERS.map(oneWay),
);
