// Hands a file to the browser to be saved.

/** Saves the bytes under that name. Works on plain HTTP too. */
export function saveFile(bytes: Blob, name: string): void {
  const address = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after this call returns.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
