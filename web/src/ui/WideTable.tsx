// A table that may be wider than the page: it scrolls in itself, by keyboard too.
import type { ReactNode } from 'react';

export function WideTable(props: {
  label: string;
  /** Its cells are words and not numbers. */
  words?: boolean;
  children: ReactNode;
}) {
  // What scrolls must be reachable by keyboard.
  /* eslint-disable jsx-a11y/no-noninteractive-tabindex */
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={props.label}>
      <table className={props.words ? 'grid words' : 'grid'}>{props.children}</table>
    </div>
  );
}
