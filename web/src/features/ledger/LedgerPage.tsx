// Stands here until it is written.
export function LedgerPage() {
  return null;
}
