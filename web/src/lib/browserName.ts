// What a browser calls itself, short enough to be recognised by its user: "Firefox 115 · Windows".

// In this order: a browser also names those it is descended from.
const BROWSERS: [RegExp, string][] = [
  [/\bMicroMessenger\/(\d+)/, 'WeChat'],
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/(?:Chrome|CriOS|Chromium)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* .*Safari\//, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/OpenHarmony|HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows NT/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** Browser and system out of a User-Agent; its first 40 characters where neither is known. */
export function browserName(agent: string): string {
  const known: string[] = [];
  for (const [pattern, name] of BROWSERS) {
    const version = pattern.exec(agent)?.[1];
    if (!version) continue;
    known.push(`${name} ${version}`);
    break;
  }
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent));
  if (system) known.push(system[1]);
  return known.join(' · ') || agent.slice(0, 40);
}
