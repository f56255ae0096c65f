// A sheet that slides in at the right and holds the focus until it is closed. It is the browser's
// own dialog: it writes no style of its own into the page, which the page's policy would refuse.
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useSpeech } from './LanguageContext';
import './sheet.css';

export function Sheet(props: {
  title: string;
  onClose: () => void;
  /** While something runs that must not be left, it cannot be closed. */
  busy?: boolean;
  wide?: boolean;
  children: ReactNode;
}) {
  const { t } = useSpeech();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    if (!dialog.current?.open) dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={props.wide ? 'sheet wide-sheet' : 'sheet'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        if (!props.busy) props.onClose();
      }}
    >
      <div className="sheet-head">
        <h2 id={id}>{props.title}</h2>
        <button type="button" disabled={props.busy} onClick={props.onClose}>
          {t('term.close')}
        </button>
      </div>
      <div className="sheet-body">{props.children}</div>
    </dialog>
  );
}
