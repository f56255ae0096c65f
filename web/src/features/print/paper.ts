// The two ways a sheet of A4 lies, and what is printed. print.css has the same lengths.
import type { Column, Section, Size } from './sheets';

export type Orientation = 'portrait' | 'landscape';

// What is left of a sheet beside its edges, banner, title, numbers and foot, less 2 mm for borders.
export const SIZES: Record<Orientation, Size> = {
  portrait: { width: 210, height: 297, room: 222, line: 5.6, pad: 1.1, heading: 9 },
  landscape: { width: 297, height: 210, room: 144, line: 4.6, pad: 0.9, heading: 8 },
};
export const CELL_SIDE = 1.6; // mm of padding on either side of a cell

export interface Doc {
  title: string;
  number: string;
  /** The day it is true of. */
  day: string;
  orientation: Orientation;
  sections: Section[];
  /** Where the same is seen on the screen; the QR code leads there. */
  address: string;
  positions: { first: number; last: number };
  instant: string;
}

// 174 mm of a portrait sheet.
export const PAIRS: Column[] = [
  { width: 27, look: 'label' },
  { width: 60, look: 'text' },
  { width: 27, look: 'label' },
  { width: 60, look: 'text' },
];
export const WIDE: Column[] = [
  { width: 27, look: 'label' },
  { width: 147, look: 'text' },
];
export const NOTE: Column[] = [{ width: 174, look: 'text' }];
