// Every line stands on exactly one sheet, in order, and nothing is higher than its sheet.
import { describe, expect, it } from 'vitest';
import {
  intoSheets,
  laidRow,
  rowHeight,
  type LaidRow,
  type LaidSection,
  type Sheet,
  type Size,
} from './sheets';

const size: Size = { width: 210, height: 297, room: 100, line: 5, pad: 1, heading: 8 };
const row = (lines: number, whole = false): LaidRow => ({
  cells: [Array.from({ length: lines }, (_, i) => `line ${i}`)],
  lines,
  whole,
  foot: undefined,
});
const section = (rows: LaidRow[], more: Partial<LaidSection> = {}): LaidSection => ({
  heading: undefined,
  columns: [{ width: 100, look: 'text' }],
  head: undefined,
  rows,
  plain: false,
  ...more,
});

function heightOf(sheet: Sheet, sections: LaidSection[]): number {
  let height = 0;
  for (const part of sheet.parts) {
    const its = sections[part.section] as LaidSection;
    if (part.heading) height += size.heading;
    if (its.head) height += rowHeight(its.head.lines, size);
    for (const piece of part.pieces) height += rowHeight(piece.to - piece.from, size);
  }
  return height;
}

/** What the sheets hold, as [section, row, line], and that none is too high. */
function linesOn(sheets: Sheet[], sections: LaidSection[]): [number, number, number][] {
  const out: [number, number, number][] = [];
  for (const sheet of sheets) {
    expect(heightOf(sheet, sections)).toBeLessThanOrEqual(size.room + 1e-6);
    for (const part of sheet.parts)
      for (const piece of part.pieces)
        for (let line = piece.from; line < piece.to; line += 1)
          out.push([part.section, piece.row, line]);
  }
  return out;
}

const allLines = (sections: LaidSection[]): [number, number, number][] =>
  sections.flatMap((its, s) =>
    its.rows.flatMap((r, i) =>
      Array.from({ length: r.lines }, (_, line): [number, number, number] => [s, i, line]),
    ),
  );

describe('splitting rows into sheets', () => {
  it('keeps 2,000 rows in order, each once, under a repeated head', () => {
    const list = [
      section(
        Array.from({ length: 2000 }, () => row(1)),
        { head: row(1) },
      ),
    ];
    const sheets = intoSheets(list, size);
    expect(linesOn(sheets, list)).toEqual(allLines(list));
    // 100 mm less a head of 7 leaves 13 rows of 7 mm.
    expect(sheets).toHaveLength(Math.ceil(2000 / 13));
  });
  it('breaks a long text over sheets', () => {
    const long = [section([row(3), row(90), row(1)])];
    const sheets = intoSheets(long, size);
    expect(linesOn(sheets, long)).toEqual(allLines(long));
    expect(sheets.length).toBeGreaterThan(4);
  });
  it('moves a row that is to stay whole to the next sheet', () => {
    const signed = [section([row(10), row(12, true)])];
    const sheets = intoSheets(signed, size);
    expect(sheets).toHaveLength(2);
    expect(sheets[1]?.parts[0]?.pieces).toEqual([{ row: 1, from: 0, to: 12 }]);
  });
  it('splits even that where it is higher than a sheet', () => {
    const huge = [section([row(2), row(50, true)])];
    expect(linesOn(intoSheets(huge, size), huge)).toEqual(allLines(huge));
  });
  it('leaves no single line of a split row behind, nor begins with one', () => {
    for (let before = 1; before < 20; before += 1)
      for (let lines = 4; lines < 60; lines += 1) {
        const rows = [section([row(before), row(lines)])];
        const sheets = intoSheets(rows, size);
        expect(linesOn(sheets, rows)).toEqual(allLines(rows));
        for (const sheet of sheets)
          for (const piece of sheet.parts.flatMap((part) => part.pieces))
            if (piece.row === 1) expect(piece.to - piece.from).toBeGreaterThanOrEqual(2);
      }
  });
  it('puts a heading with the first row, and the head on every sheet', () => {
    const rows = [
      section([row(17)]),
      section([row(2), row(30)], { heading: 'Measures', head: row(1) }),
    ];
    const sheets = intoSheets(rows, size);
    expect(linesOn(sheets, rows)).toEqual(allLines(rows));
    const parts = sheets.flatMap((sheet) => sheet.parts).filter((part) => part.section === 1);
    expect(parts.map((part) => part.heading)).toEqual([true, false, false].slice(0, parts.length));
    expect(sheets[0]?.parts).toHaveLength(1);
  });
  it('gives an empty document one sheet', () => {
    expect(intoSheets([], size)).toEqual([{ parts: [] }]);
  });
  it('holds for any rows', () => {
    let seed = 20190908;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (let round = 0; round < 300; round += 1) {
      const rows = Array.from({ length: 1 + random(4) }, () =>
        section(
          Array.from({ length: random(12) }, () => row(1 + random(40), random(3) === 0)),
          {
            heading: random(2) ? 'x' : undefined,
            head: random(2) ? row(1 + random(2)) : undefined,
          },
        ),
      );
      expect(linesOn(intoSheets(rows, size), rows)).toEqual(allLines(rows));
    }
  });
});

describe('a laid row', () => {
  it('has room for its longest cell, for signing, and for writing by hand', () => {
    const cells = [['a'], ['b', 'c', 'd']];
    expect(laidRow({ cells: [] }, cells).lines).toBe(3);
    expect(laidRow({ cells: [], foot: 'signed' }, cells).lines).toBe(5);
    expect(laidRow({ cells: [], linesMin: 6 }, cells).lines).toBe(6);
    expect(laidRow({ cells: [] }, [[]]).lines).toBe(1);
  });
});
