// QR codes as one path of squares.
import qrcode from 'qrcode-generator';

export interface Qr {
  modules: number; // a side, without the quiet zone
  path: string;
}

/** The code of a text, or null where it is too long for one that prints well in 20 mm. */
export function qrOf(text: string): Qr | null {
  if (text.length > QR_TEXT_MAX) return null;
  const code = qrcode(0, text.length > 200 ? 'L' : 'M');
  code.addData(text, 'Byte');
  code.make();
  const modules = code.getModuleCount();
  let path = '';
  for (let row = 0; row < modules; row += 1) path += rowPath(code, row, modules);
  return { modules, path };
}

// Dark squares that touch are one stroke: a long list draws its code on hundreds of sheets.
function rowPath(code: ReturnType<typeof qrcode>, row: number, modules: number): string {
  let path = '';
  for (let column = 0; column < modules; column += 1) {
    const start = column;
    while (column < modules && code.isDark(row, column)) column += 1;
    if (column > start) path += `M${start} ${row}h${column - start}v1h${start - column}z`;
  }
  return path;
}

export const QR_TEXT_MAX = 600;

/** What the code of a document says: its address, and which checkpoint it was printed under. */
export function qrText(
  origin: string,
  address: string,
  checkpoint: { size: number; hash: string } | null,
): string {
  return `${origin}${address}${checkpoint ? `#${checkpoint.size}-${checkpoint.hash}` : ''}`;
}
