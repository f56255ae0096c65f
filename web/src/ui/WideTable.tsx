// A table that may be wider than the page: it scrolls in itself, by keyboard too.
import type { ReactNode } from 'react';

export function WideTable({ label, children }: { label: string; children: ReactNode }) {
  // What scrolls must be reachable by keyboard.
  /* eslint-disable jsx-a11y/no-noninteractive-tabindex */
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="grid">{children}</table>
    </div>
  );
}
