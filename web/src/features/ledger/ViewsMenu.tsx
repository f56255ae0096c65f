// Views that have a name: chosen, kept and thrown away.
import { Button } from 'antd';
import { useId, useState, type FormEvent } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { useSpeech } from '../../ui/LanguageContext';
import { Popup } from '../../ui/Popup';
import { useHere } from '../../ui/SessionContext';
import { readQuery, writeQuery, type LedgerQuery } from './query';
import {
  builtInViews,
  keepViews,
  NAME_CHARS_MAX,
  readViews,
  VIEWS_MAX,
  withoutView,
  withView,
} from './views';

export function ViewsMenu({ query }: { query: LedgerQuery }) {
  const { t } = useSpeech();
  const { session, ledger } = useHere();
  const account = session?.account ?? '';
  const [kept, setKept] = useState(() => readViews(localStorage, account));
  const [wrong, setWrong] = useState('');
  const here = writeQuery(readQuery(useSearchParams()[0])).toString();
  const usual = builtInViews(ledger.today).map(({ word, filters }) => ({
    name: t(word),
    search: writeQuery({ ...query, filters }).toString(),
  }));
  const current = [...kept, ...usual].find((view) => view.search === here);

  function change(views: typeof kept | null): boolean {
    const done = views !== null && keepViews(localStorage, account, views);
    setWrong(done ? '' : t('ledger.viewNotKept', { count: VIEWS_MAX }));
    if (done) setKept(views);
    return done;
  }
  const entry = (view: { name: string; search: string }, close: () => void) => (
    <Link
      to={{ search: view.search }}
      aria-current={view.search === here ? 'true' : undefined}
      onClick={close}
    >
      {view.name}
    </Link>
  );
  return (
    <Popup label={current?.name ?? t('ledger.views')}>
      {(close) => (
        <>
          <ul className="popup-list">
            {usual.map((view) => (
              <li key={view.name}>{entry(view, close)}</li>
            ))}
          </ul>
          <h3 className="menu-head">{t('ledger.myViews')}</h3>
          {kept.length === 0 ? <p className="quiet">{t('ledger.myViewsNone')}</p> : null}
          <ul className="popup-list">
            {kept.map((view) => (
              <li key={view.name} className="kept-view">
                {entry(view, close)}
                <button
                  type="button"
                  className="remove"
                  aria-label={t('ledger.removeView', { name: view.name })}
                  onClick={() => change(withoutView(kept, view.name))}
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
          <NameForm
            wrong={wrong}
            onName={(name) => change(withView(kept, { name, search: here }))}
          />
        </>
      )}
    </Popup>
  );
}

function NameForm({ wrong, onName }: { wrong: string; onName: (name: string) => boolean }) {
  const { t } = useSpeech();
  const id = useId();
  const [name, setName] = useState('');
  function send(event: FormEvent) {
    event.preventDefault();
    if (name.trim() !== '' && onName(name)) setName('');
  }
  return (
    <form className="name-form" onSubmit={send}>
      <div className="field">
        <label htmlFor={id}>{t('ledger.viewName')}</label>
        <input
          id={id}
          type="text"
          value={name}
          maxLength={NAME_CHARS_MAX}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <Button htmlType="submit">{t('ledger.keepView')}</Button>
      {wrong ? (
        <p role="alert" className="late">
          {wrong}
        </p>
      ) : null}
    </form>
  );
}
