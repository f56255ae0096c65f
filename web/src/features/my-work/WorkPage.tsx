// What waits for me, by deadline, and which step waits for which of my posts.
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { getWork } from '../../api/items';
import { withQuery } from '../../lib/address';
import { count } from '../../lib/numbers';
import type { Key } from '../../locales';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { holds, useHere } from '../../ui/SessionContext';
import { usePageTitle } from '../../ui/usePageTitle';
import { Due, PhaseTag, StampLine } from '../../ui/words';
import { grouped, ofPost, type Group, type WorkItem } from './groups';
import './work.css';

const TITLES: Record<Group, Key> = {
  overdue: 'work.overdue',
  soon: 'work.soon',
  later: 'work.later',
  noDeadline: 'work.noDeadline',
  toJudge: 'work.toJudge',
};

export function WorkPage() {
  const { t } = useSpeech();
  const { session, ledger } = useHere();
  const [search, setSearch] = useSearchParams();
  const post = session?.posts.find((each) => String(each.post) === search.get('post'));
  const asked = useQuery({
    queryKey: ['work', post?.role ?? null],
    queryFn: () => getWork(undefined, post?.role),
  });
  usePageTitle(t('shell.work'));
  const choose = (id: string) =>
    setSearch(withQuery(search, { post: id }), { replace: true, preventScrollReset: true });
  const head = (
    <div className="head">
      <h1>{t('shell.work')}</h1>
      <PostFilter chosen={search.get('post') ?? ''} onChoose={choose} />
    </div>
  );
  if (asked.error && !asked.data)
    return (
      <>
        {head}
        <ErrorNotice error={asked.error} />
      </>
    );
  if (!asked.data)
    return (
      <>
        {head}
        <Loading rows={8} />
      </>
    );
  const items = ofPost(asked.data.items, post);
  return (
    <>
      {head}
      <QueueLink items={items} />
      {items.length === 0 ? <Nothing filtered={post !== undefined} /> : null}
      {grouped(items, ledger.today).map((group) => (
        <section key={group.group} className="card">
          <h2>
            {t(TITLES[group.group])} <span className="quiet">{count(group.items.length)}</span>
          </h2>
          <ul className="plain work-list">
            {group.items.map((item) => (
              <OneItem key={item.item} item={item} />
            ))}
          </ul>
        </section>
      ))}
      {asked.data.more ? <p className="soon">{t('work.more')}</p> : null}
      <StampLine position={asked.data.position} instant={asked.data.instant} />
    </>
  );
}

function PostFilter(props: { chosen: string; onChoose: (post: string) => void }) {
  const { t } = useSpeech();
  const { session } = useHere();
  const id = useId();
  const posts = session?.posts ?? [];
  if (posts.length < 2) return null;
  return (
    <div className="post-filter">
      <label htmlFor={id}>{t('work.post')}</label>
      <select id={id} value={props.chosen} onChange={(event) => props.onChoose(event.target.value)}>
        <option value="">{t('work.allPosts')}</option>
        {posts.map((post) => (
          <option key={post.post} value={post.post}>
            {t('work.postName', { unit: post.unit.name, role: t(`term.role_${post.role}`) })}
            {post.acting ? ` · ${t('term.acting')}` : ''}
          </option>
        ))}
      </select>
    </div>
  );
}

function QueueLink({ items }: { items: WorkItem[] }) {
  const { t } = useSpeech();
  const { session } = useHere();
  const waiting = items.filter((item) => item.offers.some((offer) => offer.role === 'verifier'));
  if (!holds(session, 'verifier') || waiting.length === 0) return null;
  return (
    <p className="card queue-link">
      {t('work.toVerify', { count: count(waiting.length) })}{' '}
      <Link className="button primary" to="/queue">
        {t('work.goToQueue')}
      </Link>
    </p>
  );
}

function OneItem({ item }: { item: WorkItem }) {
  const { t, pick } = useSpeech();
  return (
    <li>
      <Link className="work-item" to={`/items/${item.item}`}>
        <b>{item.title ?? t('ledger.noTitle')}</b>
        <span className="where">
          <small>
            {item.unit.name} · <span className="code">{item.item}</span>
          </small>
        </span>
        <span className="state">
          <PhaseTag phase={item.phase} title={item.state_title} />
        </span>
        <span className="when">
          <Due due={item.due} overdue={item.overdue} ended={item.phase === 'closed'} />
        </span>
        <span className="steps">
          {item.offers.map((offer) => (
            <span key={offer.transition + offer.unit.code + offer.role}>
              {pick(offer.title)}{' '}
              <small>
                {t('work.postName', {
                  unit: offer.unit.name,
                  role: t(`term.role_${offer.role}`),
                })}
                {offer.acting ? ` · ${t('term.acting')}` : ''}
              </small>
            </span>
          ))}
        </span>
      </Link>
    </li>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  const { t } = useSpeech();
  return (
    <div className="card">
      <Notice
        title={t('work.nothing')}
        hint={t(filtered ? 'work.nothingForPost' : 'work.nothingHint')}
      >
        <Link className="button" to="/items?open=yes">
          {t('work.seeOpen')}
        </Link>
      </Notice>
    </div>
  );
}
