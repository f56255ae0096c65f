// The list as a table with one line a row, of which only what is in sight is drawn.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import type { ItemRow } from '../../api/shapes';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { usePageKeys } from '../../ui/usePageKeys';
import { Cell } from './cells';
import { columnKind, tracksOf, widthOf, type Column } from './columns';
import { moved } from './pages';
import { turned, type LedgerQuery } from './query';
import { RowsError } from './RowsError';
import type { Kinds } from './useKinds';
import { usePlace } from './usePlace';
import { useRows } from './useRows';

const ROW_PX = 36;
const HEAD_PX = 37;

export interface ListProps {
  query: LedgerQuery;
  search: string; // what the API is asked
  rows: number;
  kinds: Kinds;
  onQuery: (query: LedgerQuery) => void;
}

export function WideList({ query, search, rows: total, kinds, onQuery }: ListProps) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState<[number, number]>([0, 0]);
  const rows = useRows(search, seen);
  const place = usePlace();
  const row = Math.min(place.row, total - 1);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    initialOffset: place.begin,
    estimateSize: () => ROW_PX,
    overscan: 8,
    paddingStart: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
    onChange: ({ range }) => {
      if (range) setSeen([range.startIndex, range.endIndex]);
    },
  });

  // Gone back to, the list is drawn before the page around it has its height: it cannot scroll yet.
  const { begin } = place;
  useEffect(() => {
    if (box.current && begin > 0) box.current.scrollTop = begin;
  }, [begin]);

  function go(key: string): boolean {
    const screen = Math.max(
      1,
      Math.floor(((box.current?.clientHeight ?? 0) - HEAD_PX) / ROW_PX) - 1,
    );
    const to = moved(key, row, total, screen);
    if (to === null) return false;
    place.stand(to);
    virtual.scrollToIndex(to);
    box.current?.focus({ preventScroll: true });
    return true;
  }
  function open() {
    const item = rows.row(row)?.item;
    if (item) navigate(`/items/${item}`);
  }
  function onKey(event: KeyboardEvent) {
    if (event.target !== box.current || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') open();
    else if (!go(event.key)) return;
    event.preventDefault();
  }
  usePageKeys({ j: () => go('j'), k: () => go('k') });

  const tracks = tracksOf(query.columns);
  return (
    <>
      <div
        ref={box}
        className="list-box"
        role="grid"
        tabIndex={0}
        aria-label={t('ledger.listLabel', { count: count(total) })}
        aria-rowcount={total + 1}
        aria-colcount={query.columns.length}
        aria-activedescendant={`row-${row}`}
        onKeyDown={onKey}
        onScroll={(event) => place.scrolled(event.currentTarget.scrollTop)}
      >
        <div
          className="list-sheet"
          style={{ minWidth: widthOf(query.columns), height: virtual.getTotalSize() }}
        >
          <Head query={query} tracks={tracks} onQuery={onQuery} />
          <div role="rowgroup">
            {virtual.getVirtualItems().map(({ index, start }) => (
              <Line
                key={index}
                index={index}
                start={start}
                tracks={tracks}
                row={rows.row(index)}
                columns={query.columns}
                current={index === row}
                kinds={kinds}
                onStand={place.stand}
              />
            ))}
          </div>
        </div>
      </div>
      <RowsError rows={rows} />
    </>
  );
}

function Head(props: {
  query: LedgerQuery;
  tracks: string;
  onQuery: (query: LedgerQuery) => void;
}) {
  const { t } = useSpeech();
  const { query } = props;
  const sortOf = (column: Column) => {
    const { sort } = columnKind(column);
    if (!sort) return undefined;
    return sort !== query.sort ? 'none' : query.down ? 'descending' : 'ascending';
  };
  return (
    <div role="rowgroup" className="list-head">
      <div role="row" aria-rowindex={1} style={{ gridTemplateColumns: props.tracks }}>
        {query.columns.map((column, at) => (
          <div key={column} role="columnheader" aria-colindex={at + 1} aria-sort={sortOf(column)}>
            {columnKind(column).sort ? (
              <button type="button" onClick={() => props.onQuery(turned(query, column))}>
                {t(columnKind(column).word)}
              </button>
            ) : (
              t(columnKind(column).word)
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function Line(props: {
  index: number;
  start: number;
  tracks: string;
  row: ItemRow | undefined;
  columns: Column[];
  current: boolean;
  kinds: Kinds;
  onStand: (row: number) => void;
}) {
  const navigate = useNavigate();
  const { index, row } = props;
  const late = row?.overdue ? ' row-late' : '';
  const open = useCallback(
    (event: React.MouseEvent) => {
      // A link opens by itself, perhaps in a tab of its own; marking text opens nothing.
      if ((event.target as HTMLElement).closest('a')) return;
      if (!row || event.ctrlKey || event.metaKey || getSelection()?.type === 'Range') return;
      navigate(`/items/${row.item}`);
    },
    [row, navigate],
  );
  return (
    // The keyboard acts through the table, whose active row this is.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={`row-${index}`}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={props.current}
      aria-busy={row ? undefined : true}
      className={`list-row${props.current ? ' current' : ''}${late}`}
      style={{ gridTemplateColumns: props.tracks, transform: `translateY(${props.start}px)` }}
      onMouseDown={() => props.onStand(index)}
      onClick={open}
    >
      {props.columns.map((column, at) => (
        <div key={column} role="gridcell" aria-colindex={at + 1}>
          {row ? (
            <Cell row={row} column={column} kinds={props.kinds} />
          ) : (
            <span className="bone-cell" />
          )}
        </div>
      ))}
    </div>
  );
}
