// What a unit is led to by: its code, or where another unit has taken that, CODE@POSITION.

interface Named {
  code: string;
  at?: number | undefined;
}

export function unitAddress({ code, at }: Named): string {
  return at === undefined ? code : `${code}@${at}`;
}

/** The page of it; `@` stands in a path as it is. */
export const unitPath = (unit: Named) => `/units/${unitAddress(unit)}`;
