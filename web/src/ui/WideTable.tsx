// A table that may be wider than the page: it scrolls in itself, by keyboard too, or on a
// telephone stands as lines.
import type { ReactNode } from 'react';

export function WideTable(props: {
  label: string;
  /** Its cells are words and not numbers. */
  words?: boolean;
  /** On a telephone each row is a few lines; its cells carry their column's word in `data-word`. */
  asLines?: boolean;
  /** It has many columns of numbers: their words take two lines rather than a scroll bar. */
  many?: boolean;
  children: ReactNode;
}) {
  const { words, asLines, many } = props;
  const names = ['grid', words && 'words', asLines && 'as-lines', many && 'many'];
  const className = names.filter(Boolean).join(' ');
  // What scrolls must be reachable by keyboard.
  /* eslint-disable jsx-a11y/no-noninteractive-tabindex */
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={props.label}>
      <table className={className}>{props.children}</table>
    </div>
  );
}
