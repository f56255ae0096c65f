// Sentences with facts in braces, and the two languages that are complete.
export type Language = 'zh-CN' | 'en';
export type Facts = Record<string, string | number>;

/** Puts facts into a sentence; a fact that is missing stays visible, so that it is noticed. */
export function fill(sentence: string, facts?: Facts): string {
  if (!facts) return sentence;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in facts ? String(facts[name]) : whole,
  );
}

/** The names of the facts a sentence wants, sorted. */
export function factsOf(sentence: string): string[] {
  return [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();
}
