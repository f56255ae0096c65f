// A button with a small panel below it: closes on Escape and on a click elsewhere.
import { useEffect, useRef, useState, type ReactNode } from 'react';
import './popup.css';

export function Popup(props: {
  label: ReactNode;
  /** The panel; it is given what closes it. */
  children: (close: () => void) => ReactNode;
  wide?: boolean;
  /** Opens to the left, where the button stands at the right edge. */
  atEnd?: boolean;
}) {
  const [open, setOpen] = useState(false);
  const details = useRef<HTMLDetailsElement>(null);
  const summary = useRef<HTMLElement>(null);

  useEffect(() => {
    if (!open) return undefined;
    function onPointer(event: PointerEvent) {
      if (!details.current?.contains(event.target as Node)) setOpen(false);
    }
    function onKey(event: KeyboardEvent) {
      if (event.key !== 'Escape') return;
      setOpen(false);
      summary.current?.focus();
    }
    addEventListener('pointerdown', onPointer);
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('pointerdown', onPointer);
      removeEventListener('keydown', onKey);
    };
  }, [open]);

  return (
    <details
      className="popup"
      ref={details}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary ref={summary} className="button">
        {props.label}
      </summary>
      {open ? (
        <div
          className={`popup-panel${props.wide ? ' wide-panel' : ''}${props.atEnd ? ' end' : ''}`}
        >
          {props.children(() => {
            setOpen(false);
            summary.current?.focus();
          })}
        </div>
      ) : null}
    </details>
  );
}
