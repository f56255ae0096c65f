// A document as sections of rows, and how they are split over sheets of one size. Pure: what a text
// needs in lines has been measured before.
export type Look = 'label' | 'text' | 'code';
export interface Column {
  width: number; // mm
  look: Look;
}

export interface Row {
  cells: string[];
  /** Not split over two sheets, unless it is higher than one. */
  whole?: true;
  linesMin?: number;
  /** Below the last cell's text, to the right: where one signs. */
  foot?: string;
}

export interface Section {
  heading?: string;
  columns: Column[];
  /** Repeated on each sheet on which the section goes on. */
  head?: string[];
  rows: Row[];
  /** Without borders. */
  plain?: true;
}

/** A row whose cells are broken into lines. */
export interface LaidRow {
  cells: string[][];
  lines: number;
  whole: boolean;
  foot: string | undefined;
}
export interface LaidSection {
  heading: string | undefined;
  columns: Column[];
  head: LaidRow | undefined;
  rows: LaidRow[];
  plain: boolean;
}

/** Lengths in mm. `room` is what a sheet has for its sections. */
export interface Size {
  width: number;
  height: number;
  room: number;
  line: number;
  pad: number; // above and below the lines of a row
  heading: number;
}

/** Lines `from` to before `to` of a row. */
export interface Piece {
  row: number;
  from: number;
  to: number;
}
export interface Part {
  section: number;
  heading: boolean;
  pieces: Piece[];
}
export interface Sheet {
  parts: Part[];
}

const CUT_LINES_MIN = 2; // of a row that is split, on either sheet
const FOOT_LINES = 2;
const HAIR = 1e-6;

export function laidRow(row: Row, cells: string[][]): LaidRow {
  const longest = Math.max(1, ...cells.map((cell) => cell.length));
  const lines = Math.max(longest + (row.foot ? FOOT_LINES : 0), row.linesMin ?? 1);
  return { cells, lines, whole: row.whole === true, foot: row.foot };
}

export function rowHeight(lines: number, size: Size): number {
  return lines * size.line + 2 * size.pad;
}

/** All rows in their order on as many sheets as they need; at least one sheet. */
export function intoSheets(sections: LaidSection[], size: Size): Sheet[] {
  const stack = new Stack(sections, size);
  sections.forEach((section, index) => section.rows.forEach((_, row) => stack.put(index, row)));
  return stack.sheets;
}

class Stack {
  readonly sheets: Sheet[] = [{ parts: [] }];
  private left: number;

  constructor(
    private readonly sections: LaidSection[],
    private readonly size: Size,
  ) {
    this.left = size.room;
  }

  put(section: number, row: number): void {
    const { lines, whole } = this.row(section, row);
    let from = 0;
    while (from < lines) {
      const take = this.linesToTake(section, row, { left: lines - from, whole });
      if (take === 0) this.turn();
      else {
        this.place(section, { row, from, to: from + take }, row === 0 && from === 0);
        from += take;
      }
    }
  }

  // How many of the lines left go on this sheet; none where the row had better begin on the next.
  private linesToTake(
    section: number,
    row: number,
    want: { left: number; whole: boolean },
  ): number {
    const above = this.above(section, row);
    const space = Math.floor((this.left - above - 2 * this.size.pad + HAIR) / this.size.line);
    if (want.left <= space) return want.left;
    const fresh = this.sheet.parts.length === 0;
    if (fresh) return Math.max(1, Math.min(space, want.left - CUT_LINES_MIN));
    if (want.whole || space < CUT_LINES_MIN) return 0;
    const take = Math.min(space, want.left - CUT_LINES_MIN);
    return take < CUT_LINES_MIN ? 0 : take;
  }

  // What stands above the section's next row on this sheet: its heading once, its head on each.
  private above(section: number, row: number): number {
    if (this.part?.section === section) return 0;
    const { heading, head } = this.sections[section] as LaidSection;
    return (
      (heading && row === 0 && !this.begun(section) ? this.size.heading : 0) +
      (head ? rowHeight(head.lines, this.size) : 0)
    );
  }

  private begun(section: number): boolean {
    return this.sheets.some((sheet) => sheet.parts.some((part) => part.section === section));
  }

  private place(section: number, piece: Piece, first: boolean): void {
    this.left -= this.above(section, piece.row) + rowHeight(piece.to - piece.from, this.size);
    if (this.part?.section !== section) {
      const heading = first && this.sections[section]?.heading !== undefined;
      this.sheet.parts.push({ section, heading, pieces: [] });
    }
    this.part?.pieces.push(piece);
  }

  private turn(): void {
    this.sheets.push({ parts: [] });
    this.left = this.size.room;
  }

  private row(section: number, row: number): LaidRow {
    return (this.sections[section] as LaidSection).rows[row] as LaidRow;
  }
  private get sheet(): Sheet {
    return this.sheets[this.sheets.length - 1] as Sheet;
  }
  private get part(): Part | undefined {
    return this.sheet.parts[this.sheet.parts.length - 1];
  }
}
