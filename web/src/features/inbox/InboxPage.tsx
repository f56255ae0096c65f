// What I am told, the newest first; and what my own acts told that reached nobody.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router-dom';
import { getInbox, putAway } from '../../api/inbox';
import type { InboxNotice, Undelivered } from '../../api/shapes';
import { longInstant } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { usePages } from '../../ui/usePages';
import { usePageTitle } from '../../ui/usePageTitle';
import { Due } from '../../ui/words';
import { toldKey } from './told';
import './inbox.css';

export function InboxPage() {
  const { t } = useSpeech();
  usePageTitle(t('inbox.title'));
  const queries = useQueryClient();
  const asked = usePages(['inbox', 'pages'], (cursor: number | undefined) => getInbox(cursor));
  const putting = useMutation({
    mutationFn: async (notices: number[]) => {
      for (const notice of notices) await putAway(notice);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['inbox'] }),
  });
  if (asked.error) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading rows={8} />;
  const notices = asked.data.pages.flatMap((page) => page.notices);
  return (
    <div className="inbox">
      <div className="head">
        <h1>{t('inbox.title')}</h1>
        <Link to="/account#contact">{t('inbox.settings')}</Link>
      </div>
      {notices.length === 0 ? (
        <div className="card">
          <Notice title={t('inbox.none')} hint={t('inbox.noneHint')} />
        </div>
      ) : (
        <section className="card" aria-label={t('inbox.title')}>
          <ul className="plain">
            {notices.map((each) => (
              <OneNotice
                key={each.notice}
                notice={each}
                onDone={() => putting.mutate([each.notice])}
              />
            ))}
          </ul>
          <p className="ways">
            {asked.hasNextPage ? (
              <Button loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
                {t('inbox.more')}
              </Button>
            ) : null}
            {notices.length > 1 ? (
              <Button
                loading={putting.isPending}
                onClick={() => putting.mutate(notices.map((each) => each.notice))}
              >
                {t('inbox.doneAll')}
              </Button>
            ) : null}
          </p>
          {putting.error ? <ErrorNotice error={putting.error} /> : null}
          <p className="quiet">{t('inbox.noReceipt')}</p>
        </section>
      )}
      <NotDelivered rows={asked.data.pages[0]?.undelivered ?? []} />
    </div>
  );
}

function OneNotice({ notice, onDone }: { notice: InboxNotice; onDone: () => void }) {
  const { t, pick, language } = useSpeech();
  return (
    <li className={notice.urgent && notice.open ? 'notice-row urgent' : 'notice-row'}>
      <div>
        <Link to={notice.item === null ? '/account' : `/items/${notice.item}`}>
          <b>{t(toldKey(notice.what))}</b>{' '}
          {notice.item === null ? null : <span className="code">{notice.item}</span>}
        </Link>{' '}
        {notice.urgent && notice.open ? <span className="tag">{t('inbox.urgent')}</span> : null}
        <small>
          {notice.kind_title && notice.state_title
            ? `${pick(notice.kind_title)} · ${pick(notice.state_title)}`
            : t('inbox.ofPosts')}
          {' · '}
          {longInstant(notice.made, language)}
        </small>
      </div>
      <span className="when">
        {notice.item === null ? null : notice.open ? (
          <Due due={notice.last_day} overdue={notice.overdue} ended={false} />
        ) : (
          <span className="quiet">{t('inbox.over')}</span>
        )}
      </span>
      <Button
        size="small"
        aria-label={`${t('inbox.done')} ${notice.item ?? t(toldKey(notice.what))}`}
        onClick={onDone}
      >
        {t('inbox.done')}
      </Button>
    </li>
  );
}

function NotDelivered({ rows }: { rows: Undelivered[] }) {
  const { t, language } = useSpeech();
  if (rows.length === 0) return null;
  return (
    <section className="card" aria-label={t('inbox.undelivered')}>
      <h2>{t('inbox.undelivered')}</h2>
      <p className="quiet">{t('inbox.undeliveredNote')}</p>
      <ul className="plain">
        {rows.map((each, index) => (
          <li key={index} className="notice-row">
            <div>
              <Link to={each.item === null ? '/account' : `/items/${each.item}`}>
                {t(toldKey(each.what))} <span className="code">{each.item ?? ''}</span>
              </Link>
              <small>
                {t(`inbox.channel_${each.channel}`)} · {longInstant(each.at, language)}
              </small>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
