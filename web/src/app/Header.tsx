// The header: where one can go, the search, the language and who one is.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link, NavLink, useLocation, useNavigate } from 'react-router-dom';
import { getInbox } from '../api/inbox';
import { signOut } from '../api/session';
import type { LiveState } from '../api/live';
import { SearchBox } from '../features/search/SearchBox';
import { longDay } from '../lib/days';
import { dropDrafts } from '../lib/drafts';
import type { Key } from '../locales';
import { holds, useChangeOfPerson, useHere, works } from '../ui/SessionContext';
import { useSpeech } from '../ui/LanguageContext';
import { Popup } from '../ui/Popup';

interface Destination {
  to: string;
  word: Key;
}
// Several under one word: the menu keeps to one line.
interface Group {
  word: Key;
  under: Destination[];
}

export function Header({ live }: { live: LiveState | null }) {
  const { t, language, change } = useSpeech();
  const { session } = useHere();
  const [open, setOpen] = useState(false);
  const { pathname, search } = useLocation();
  useEffect(() => setOpen(false), [pathname]);
  const next = encodeURIComponent(pathname + search);
  return (
    <header className="header">
      <Link className="brand" to="/">
        <img src="/icon.svg" alt="" width="24" height="24" />
        {t('shell.brand')}
      </Link>
      <SearchBox />
      <button
        type="button"
        className="menu-button"
        aria-expanded={open}
        aria-controls="menu"
        onClick={() => setOpen(!open)}
      >
        {t('shell.menu')}
      </button>
      <div id="menu" className={open ? 'menu open' : 'menu'}>
        <nav aria-label={t('shell.menu')}>
          {useDestinations().map((each) =>
            'under' in each ? (
              <Gathered key={each.word} {...each} />
            ) : (
              <NavLink key={each.to} to={each.to} end={each.to === '/items'}>
                {t(each.word)}
              </NavLink>
            ),
          )}
        </nav>
        <div className="tools">
          <LiveMark state={live} />
          {session?.step === 'done' ? <InboxLink /> : null}
          <Button
            type="text"
            lang={language === 'en' ? 'zh-CN' : 'en'}
            onClick={() => change(language === 'en' ? 'zh-CN' : 'en')}
          >
            {t('shell.language')}
          </Button>
          {session?.step === 'done' ? (
            <Me />
          ) : (
            <>
              <a href={`/report?lang=${language}`}>{t('shell.report')}</a>
              <Link to={`/sign-in?next=${next}`}>{t('shell.signIn')}</Link>
            </>
          )}
        </div>
      </div>
    </header>
  );
}

// Only what this person may use.
function useDestinations(): (Destination | Group)[] {
  const { session, ledger } = useHere();
  const ballots: Destination = { to: '/ballots', word: 'shell.ballots' };
  const funds: Destination = { to: '/funds', word: 'shell.funds' };
  const rosters: Destination = { to: '/rosters', word: 'shell.rosters' };
  const schemes: Destination = { to: '/schemes', word: 'shell.schemes' };
  const services: Destination = { to: '/services', word: 'shell.services' };
  const forResidents: Group = {
    word: 'shell.forResidents',
    under: works(session)
      ? [ballots, funds, schemes, rosters, services]
      : [funds, rosters, services],
  };
  const all: (Destination | Group | false)[] = [
    works(session) && { to: '/work', word: 'shell.work' },
    holds(session, 'verifier') && { to: '/queue', word: 'shell.queue' },
    works(session) && { to: '/items', word: 'shell.ledger' },
    holds(session, 'recorder') && { to: '/items/new', word: 'shell.newItem' },
    holds(session, 'recorder') && { to: '/items/on-behalf', word: 'shell.onBehalf' },
    works(session) && { to: '/work-groups', word: 'shell.workGroups' },
    holds(session, 'audit_admin') && { to: '/audit', word: 'shell.audit' },
    { to: '/programmes', word: 'shell.programmes' },
    forResidents,
    { to: '/units', word: 'shell.units' },
    ledger.demo && { to: '/stated', word: 'shell.stated' },
    { to: '/help', word: 'shell.help' },
  ];
  return all.filter((each): each is Destination | Group => each !== false);
}

function Gathered({ word, under }: Group) {
  const { t } = useSpeech();
  const { pathname } = useLocation();
  const here = under.some(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  return (
    <div className={here ? 'gathered active' : 'gathered'}>
      <Popup label={t(word)}>
        {(close) => (
          <ul className="popup-list">
            {under.map(({ to, word: below }) => (
              <li key={to}>
                <NavLink to={to} onClick={close}>
                  {t(below)}
                </NavLink>
              </li>
            ))}
          </ul>
        )}
      </Popup>
    </div>
  );
}

// A notice is made a moment after the record it tells of: asked for now and then besides.
const ASKED_EVERY_MS = 30_000;

function InboxLink() {
  const { t } = useSpeech();
  const asked = useQuery({
    queryKey: ['inbox', 'count'],
    queryFn: () => getInbox(undefined, 1),
    refetchInterval: ASKED_EVERY_MS,
  });
  const count = asked.data?.count_at_least ?? 0;
  const shown = asked.data?.more ? `${count}+` : String(count);
  return (
    <NavLink
      className="inbox-link"
      to="/inbox"
      title={count > 0 ? t('shell.inboxCount', { count: shown }) : undefined}
    >
      {t('shell.inbox')} {count > 0 ? <span className="count">{shown}</span> : null}
    </NavLink>
  );
}

function LiveMark({ state }: { state: LiveState | null }) {
  const { t } = useSpeech();
  return (
    <span className={`live ${state ?? ''}`} role="status">
      {state ? t(`shell.${state}`) : null}
    </span>
  );
}

function Me() {
  const { t, language } = useSpeech();
  const { session } = useHere();
  const changePerson = useChangeOfPerson();
  const navigate = useNavigate();
  const details = useRef<HTMLDetailsElement>(null);
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      dropDrafts(localStorage, session?.account ?? '');
      navigate('/sign-in');
      changePerson(null);
    },
  });
  const first = session?.posts[0];
  return (
    <details className="me" ref={details}>
      <summary>
        {session?.account}
        {first ? <small>{first.unit.name}</small> : null}
      </summary>
      <div className="me-card">
        <h2>{t('shell.myPosts')}</h2>
        <ul>
          {session?.posts.map((post) => (
            <li key={post.post}>
              <Link to={`/units/${post.unit.code}`}>{post.unit.name}</Link>{' '}
              {t(`term.role_${post.role}`)}{' '}
              {post.until ? (
                <span className="tag">
                  {t('shell.actingUntil', { day: longDay(post.until, language) })}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
        <p>
          <Link to="/account">{t('shell.myAccount')}</Link>
        </p>
        <Button loading={leaving.isPending} onClick={() => leaving.mutate()}>
          {t('shell.signOut')}
        </Button>
      </div>
    </details>
  );
}
