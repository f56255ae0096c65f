// Lengths as the server writes them: "15d", "5wd", "24h", "2m", and counts: "3".

export type LengthUnit = 'count' | 'd' | 'h' | 'm' | 'wd';

export function lengthParts(text: string): { unit: LengthUnit; amount: number } {
  const found = /^(\d+)(wd|d|h|m)?$/.exec(text);
  return { unit: (found?.[2] ?? 'count') as LengthUnit, amount: Number(found?.[1] ?? 0) };
}
