// What may be uploaded as evidence; the server looks at the bytes again.
import type { FileValue } from './reading';
import type { Key } from '../../locales';

export const FILE_BYTES_MAX = 20 * 1024 * 1024;
export const FILE_ENDINGS = ['pdf', 'jpg', 'jpeg', 'png', 'docx', 'xlsx'];

/** Why a file cannot be sent at all, or null. */
export function fileFault(name: string, bytes: number): Key | null {
  const ending = name.toLowerCase().split('.').pop() ?? '';
  if (!FILE_ENDINGS.includes(ending)) return 'form.fileType';
  if (bytes > FILE_BYTES_MAX) return 'form.fileBig';
  return bytes === 0 ? 'form.fileEmpty' : null;
}

/** 1.4 MB, 312 KB */
export function fileSize(bytes: number): string {
  if (bytes >= 1_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return bytes >= 1000 ? `${Math.round(bytes / 1000)} KB` : `${bytes} B`;
}

/** The short name of what a file is. */
export function fileKind(mediaType: string): string {
  if (mediaType.includes('wordprocessing')) return 'DOCX';
  if (mediaType.includes('spreadsheet')) return 'XLSX';
  return (mediaType.split('/')[1] ?? mediaType).toUpperCase();
}

export const isPicture = (mediaType: string): boolean =>
  mediaType === 'image/jpeg' || mediaType === 'image/png';

/** Files of a draft: what was still on its way when the page was left has to be chosen again. */
export function afterReload(files: FileValue[], broken: string): FileValue[] {
  return files.map((file) =>
    file.sha256 === null && file.fault === null ? { ...file, fault: broken } : file,
  );
}
