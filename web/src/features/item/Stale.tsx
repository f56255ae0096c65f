// What others did to the item while somebody was typing: nothing typed is lost, and nothing is sent
// over it before it was seen.
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import type { Change } from '../../api/client';
import { longInstant } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { postWords, type ActingPost } from '../../ui/post';
import { eventKey, type Entry } from './entries';

export function Stale(props: {
  changes: Entry[];
  bare: Change[]; // as the refusal tells them, until the history is there
  focus: number; // grows with each attempt to send
  version: number;
  onSeen: () => void;
}) {
  const { t, language } = useSpeech();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (props.focus > 0) box.current?.focus();
  }, [props.focus]);
  return (
    <section className="stale" role="alert" tabIndex={-1} ref={box}>
      <h3>{t('item.staleTitle')}</h3>
      <p>{t('item.staleHint')}</p>
      <ul>
        {props.changes.map((entry) => (
          <li key={entry.command}>
            <time dateTime={entry.at}>{longInstant(entry.at, language)}</time>{' '}
            {entry.by ? postWords(entry.by, t) : t('term.system')} <b>{entry.title}</b>
            {entry.lines.map((line) => (
              <div key={line.record.seq} className="quiet">
                {line.sentence}
                {line.texts.map((text) => (
                  <span key={text.part}> {text.text ?? ''}</span>
                ))}
              </div>
            ))}
          </li>
        ))}
        {props.changes.length === 0
          ? props.bare.map((change) => (
              <li key={change.seq}>
                <time dateTime={change.at}>{longInstant(change.at, language)}</time>{' '}
                {change.unit ? postWords(change as ActingPost, t) : t('term.system')}{' '}
                <b>{t(eventKey(change.type))}</b>
              </li>
            ))
          : null}
      </ul>
      <Button onClick={props.onSeen}>{t('item.staleSeen', { version: props.version })}</Button>
    </section>
  );
}
