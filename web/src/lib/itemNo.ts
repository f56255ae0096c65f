// Item numbers as people type them: with or without hyphens, in any case.
const ALPHABET = /^[0-9A-HJKMNP-TV-Z]{9}$/;

/** The number in its usual form, or null where the text is none. */
export function asItemNo(text: string): string | null {
  const bare = text.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
  if (!ALPHABET.test(bare)) return null;
  return `${bare.slice(0, 4)}-${bare.slice(4, 8)}-${bare.slice(8)}`;
}
