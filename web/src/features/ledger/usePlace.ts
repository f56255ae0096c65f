// The row one stands on and how far one has scrolled: kept by address, found again by going back.
import { useEffect, useRef, useState } from 'react';
import { useLocation, useNavigationType } from 'react-router-dom';
import { keepPlace, readPlace } from '../../lib/placeMemory';

const KEEP_AFTER_MS = 150;

export interface PlaceInList {
  /** How far it was scrolled when one left it. */
  begin: number;
  row: number;
  stand: (row: number) => void;
  /** To be called with each scroll. */
  scrolled: (top: number) => void;
}

/** One list of one query, which is drawn for the first time. */
export function usePlace(): PlaceInList {
  const { pathname, search } = useLocation();
  const address = pathname + search;
  const back = useNavigationType() === 'POP';
  const [begun] = useState(() => (back ? readPlace(sessionStorage, address) : null));
  const kept = useRef(begun ?? { top: 0, row: 0 });
  const [row, setRow] = useState(kept.current.row);
  const timer = useRef<ReturnType<typeof setTimeout>>();

  useEffect(() => {
    const keep = () => keepPlace(sessionStorage, address, kept.current);
    addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer.current);
      removeEventListener('pagehide', keep);
      keep();
    };
  }, [address]);

  function change(changes: { top?: number; row?: number }) {
    kept.current = { ...kept.current, ...changes };
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => keepPlace(sessionStorage, address, kept.current),
      KEEP_AFTER_MS,
    );
  }
  return {
    begin: begun?.top ?? 0,
    row,
    stand: (to) => {
      change({ row: to });
      setRow(to);
    },
    scrolled: (top) => change({ top }),
  };
}
