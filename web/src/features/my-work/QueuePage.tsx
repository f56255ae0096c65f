// The verifiers' queue: the list at the left, at the right what was promised beside what was done.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router-dom';
import { getWork } from '../../api/items';
import { withQuery } from '../../lib/address';
import { asItemNo } from '../../lib/itemNo';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { useNarrow } from '../../ui/useNarrow';
import { usePageKeys } from '../../ui/usePageKeys';
import { usePageTitle } from '../../ui/usePageTitle';
import { Due, StampLine } from '../../ui/words';
import { neighbour, type WorkItem } from './groups';
import { QueueItem } from './QueueItem';
import './work.css';

interface Done {
  no: string;
  title: string; // of the step
}

export function QueuePage() {
  const { t } = useSpeech();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [done, setDone] = useState<Done | null>(null);
  const asked = useQuery({
    queryKey: ['work', 'verification'],
    queryFn: () => getWork('verification'),
  });
  usePageTitle(t('shell.queue'));

  const items = asked.data?.items ?? [];
  const named = asItemNo(search.get('item') ?? '');
  // On a wide screen the first is open at once; on a phone one begins with the list.
  const no = named ?? (narrow ? null : (items[0]?.item ?? null));
  const open = (item: string | null, replace = false) =>
    navigate({ search: withQuery(search, { item }).toString() }, { replace });
  function step(by: 1 | -1) {
    const next = no ? neighbour(items, no, by) : (items[0]?.item ?? null);
    if (next) open(next, true);
  }
  usePageKeys({ j: () => step(1), k: () => step(-1) });
  function onDone(step: Done) {
    setDone(step);
    open(neighbour(items, step.no, 1) ?? neighbour(items, step.no, -1), true);
  }

  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading rows={8} />;
  return (
    <div className={`queue wide${narrow && no ? ' one' : ''}`}>
      <section className="queue-list" aria-label={t('work.queueList')}>
        <h1>
          {t('shell.queue')} <span className="quiet">{count(items.length)}</span>
        </h1>
        <p className="quiet keys-hint">{t('work.queueKeys')}</p>
        <Receipt done={done} />
        {items.length === 0 ? <NothingLeft /> : <List items={items} no={no} />}
        {asked.data.more ? <p className="soon">{t('work.more')}</p> : null}
        <StampLine position={asked.data.position} instant={asked.data.instant} />
      </section>
      {no ? (
        <section className="queue-item" aria-label={t('work.chosen')}>
          {narrow ? <Back onBack={() => open(null)} /> : null}
          <QueueItem key={no} no={no} onDone={(title) => onDone({ no, title })} />
        </section>
      ) : null}
    </div>
  );
}

function List({ items, no }: { items: WorkItem[]; no: string | null }) {
  const { t, pick } = useSpeech();
  return (
    <ol className="plain">
      {items.map((item) => (
        <li key={item.item}>
          <Link to={{ search: `?item=${item.item}` }} aria-current={item.item === no || undefined}>
            <b>{item.title ?? t('ledger.noTitle')}</b>
            <small>
              {item.unit.name} · <span className="code">{item.item}</span>
            </small>
            <span className="line">
              <span className="tag phase-checking">
                {item.offers.map((offer) => pick(offer.title)).join(' / ')}
              </span>
              <small>
                <Due due={item.due} overdue={item.overdue} />
              </small>
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
}

function Back({ onBack }: { onBack: () => void }) {
  const { t } = useSpeech();
  return (
    <button type="button" className="as-link" onClick={onBack}>
      ← {t('work.backToQueue')}
    </button>
  );
}

function Receipt({ done }: { done: Done | null }) {
  const { t } = useSpeech();
  return (
    <div role="status">
      {done ? (
        <p className="good">
          {t('work.done', { step: done.title })} <Link to={`/items/${done.no}`}>{done.no}</Link>
        </p>
      ) : null}
    </div>
  );
}

function NothingLeft() {
  const { t } = useSpeech();
  return <Notice title={t('work.queueEmpty')} hint={t('work.queueEmptyHint')} />;
}
