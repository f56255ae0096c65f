// Stands here until it is written.
export function LedgerPrint() {
  return null;
}
