// Breaks texts into lines as the browser itself breaks them in a cell of a given width, so that a
// sheet holds exactly what was counted.
import { CELL_SIDE } from './paper';
import {
  laidRow,
  type Column,
  type LaidRow,
  type LaidSection,
  type Row,
  type Section,
} from './sheets';

interface Paragraph {
  text: string;
  element: HTMLElement | null;
}

/** Measures inside `host`, which is out of sight and has the sheet's own look; leaves it empty. */
export function layOut(host: HTMLElement, sections: Section[]): LaidSection[] {
  const measure = new Measure(host);
  for (const section of sections) {
    if (section.head) measure.want(section.head, section.columns);
    for (const row of section.rows) measure.want(row.cells, section.columns);
  }
  measure.show();
  const laid = (row: Row, columns: Column[]): LaidRow =>
    laidRow(row, measure.lines(row.cells, columns));
  const out = sections.map((section): LaidSection => ({
    heading: section.heading,
    columns: section.columns,
    head: section.head ? laid({ cells: section.head }, section.columns) : undefined,
    rows: section.rows.map((row) => laid(row, section.columns)),
    plain: section.plain === true,
  }));
  host.replaceChildren();
  return out;
}

// All texts are put into the page at once and read afterwards: the layout is computed once.
class Measure {
  private readonly known = new Map<string, Paragraph>();
  private readonly read = new Map<string, string[]>();
  private readonly fresh = document.createDocumentFragment();

  constructor(private readonly host: HTMLElement) {}

  want(cells: string[], columns: Column[]): void {
    cells.forEach((cell, index) => {
      const column = columns[index];
      if (column) for (const text of cell.split('\n')) this.add(text, column);
    });
  }

  show(): void {
    this.host.replaceChildren(this.fresh);
  }

  lines(cells: string[], columns: Column[]): string[][] {
    return cells.map((cell, index) => {
      const column = columns[index];
      return column ? cell.split('\n').flatMap((text) => this.linesOf(text, column)) : [cell];
    });
  }

  private key(text: string, column: Column): string {
    return `${column.width} ${column.look} ${text}`;
  }

  private add(text: string, column: Column): void {
    const key = this.key(text, column);
    if (this.known.has(key)) return;
    const element = text === '' ? null : document.createElement('div');
    if (element) {
      element.className = `measured ${column.look}`;
      element.style.width = `${column.width - 2 * CELL_SIDE}mm`;
      element.textContent = text;
      this.fresh.append(element);
    }
    this.known.set(key, { text, element });
  }

  private linesOf(text: string, column: Column): string[] {
    const key = this.key(text, column);
    const before = this.read.get(key);
    if (before) return before;
    const node = this.known.get(key)?.element?.firstChild;
    const lines = node instanceof Text ? linesIn(node) : [''];
    this.read.set(key, lines);
    return lines;
  }
}

// A new line begins at the first character that stands lower than the line above.
function linesIn(node: Text): string[] {
  const text = node.data;
  const range = document.createRange();
  const out: string[] = [];
  let start = 0;
  let bottom: number | null = null;
  for (let at = 0; at < text.length; at += 1) {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const rect = range.getClientRects()[0];
    if (!rect || rect.height === 0) continue;
    if (bottom !== null && rect.top > bottom - rect.height / 2) {
      out.push(text.slice(start, at).trimEnd());
      start = at;
      bottom = rect.bottom;
    } else bottom = Math.max(bottom ?? rect.bottom, rect.bottom);
  }
  out.push(text.slice(start).trimEnd());
  return out;
}
