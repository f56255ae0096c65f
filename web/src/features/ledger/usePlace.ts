// The row one stands on and how far one has scrolled: kept by address, found again by going back.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLocation, useNavigationType } from 'react-router-dom';
import { keepPlace, readPlace } from '../../lib/placeMemory';

const KEEP_AFTER_MS = 150;

export interface PlaceInList {
  row: number;
  stand: (row: number) => void;
  /** To be called with each scroll. */
  scrolled: (top: number) => void;
}

/** One list of one query. `scroll` is called once, when the list is drawn, with where it was. */
export function usePlace(scroll: (top: number) => void): PlaceInList {
  const { pathname, search } = useLocation();
  const address = pathname + search;
  const back = useNavigationType() === 'POP';
  const [begun] = useState(() => (back ? readPlace(sessionStorage, address) : null));
  const kept = useRef(begun ?? { top: 0, row: 0 });
  const [row, setRow] = useState(kept.current.row);
  const timer = useRef<ReturnType<typeof setTimeout>>();

  useLayoutEffect(() => {
    if (begun && begun.top > 0) scroll(begun.top);
    // Only once: afterwards the person scrolls.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

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
    row,
    stand: (to) => {
      change({ row: to });
      setRow(to);
    },
    scrolled: (top) => change({ top }),
  };
}
