// A table that may be wider than the page: it scrolls in itself, by keyboard too, or on a
// telephone stands as lines.
import type { ReactNode } from 'react';

export function WideTable(props: {
  label: string;
  /** Its cells are words and not numbers. */
  words?: boolean;
  /** On a telephone each row is a few lines; its cells carry their column's word in `data-word`. */
  asLines?: boolean;
  children: ReactNode;
}) {
  const className = `grid${props.words ? ' words' : ''}${props.asLines ? ' as-lines' : ''}`;
  // What scrolls must be reachable by keyboard.
  /* eslint-disable jsx-a11y/no-noninteractive-tabindex */
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={props.label}>
      <table className={className}>{props.children}</table>
    </div>
  );
}
