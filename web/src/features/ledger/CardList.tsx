// The list on a phone: cards of two lines that scroll with the page.
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'react-router-dom';
import type { ItemRow } from '../../api/shapes';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { PhaseTag } from '../../ui/words';
import { RowDue } from './cells';
import { RowsError } from './RowsError';
import { usePlace } from './usePlace';
import { useRows } from './useRows';
import type { ListProps } from './WideList';

const CARD_PX = 76;

export function CardList({ search, rows: total }: ListProps) {
  const { t } = useSpeech();
  const list = useRef<HTMLUListElement>(null);
  const [above, setAbove] = useState(0);
  const [seen, setSeen] = useState<[number, number]>([0, 0]);
  const rows = useRows(search, seen);
  const place = usePlace();
  const virtual = useWindowVirtualizer({
    count: total,
    initialOffset: place.begin,
    estimateSize: () => CARD_PX,
    overscan: 6,
    scrollMargin: above,
    onChange: ({ range }) => {
      if (range) setSeen([range.startIndex, range.endIndex]);
    },
  });
  useLayoutEffect(() => {
    const top = list.current?.getBoundingClientRect().top ?? 0;
    setAbove(Math.round(top + scrollY));
  }, []);
  const { scrolled } = place;
  const told = useRef(scrolled);
  told.current = scrolled;
  useEffect(() => {
    const onScroll = () => told.current(scrollY);
    addEventListener('scroll', onScroll, { passive: true });
    return () => removeEventListener('scroll', onScroll);
  }, []);
  return (
    <>
      <ul
        ref={list}
        className="card-list"
        aria-label={t('ledger.listLabel', { count: count(total) })}
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, start }) => (
          <li
            key={index}
            aria-setsize={total}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${start - above}px)` }}
          >
            <Card row={rows.row(index)} />
          </li>
        ))}
      </ul>
      <RowsError rows={rows} />
    </>
  );
}

function Card({ row }: { row: ItemRow | undefined }) {
  const { t } = useSpeech();
  if (!row)
    return (
      <div className="item-card" aria-busy="true">
        <span className="bone-cell" />
      </div>
    );
  return (
    <Link to={`/items/${row.item}`} className={row.overdue ? 'item-card row-late' : 'item-card'}>
      <span className="line">
        <b>{row.title ?? t('ledger.noTitle')}</b>
        <PhaseTag phase={row.phase} title={row.state_title} />
      </span>
      <span className="line">
        <small>
          {row.unit.name} · <span className="code">{row.item}</span>
        </small>
        <small>
          <RowDue row={row} />
        </small>
      </span>
    </Link>
  );
}
