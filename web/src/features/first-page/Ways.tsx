// Short ways on, for who works here and for who only looks in.
import { Link } from 'react-router-dom';
import type { Key } from '../../locales';
import { holds, useHere, works } from '../../ui/SessionContext';
import { useSpeech } from '../../ui/LanguageContext';

interface Way {
  to: string;
  word: Key;
  hint: Key;
}

export function Ways() {
  const { t } = useSpeech();
  return (
    <nav className="ways" aria-labelledby="ways">
      <h2 id="ways">{t('home.ways')}</h2>
      <ul>
        {useWays().map(({ to, word, hint }) => (
          <li key={to}>
            {to.startsWith('/log') ? <a href={to}>{t(word)}</a> : <Link to={to}>{t(word)}</Link>}
            <span className="quiet">{t(hint)}</span>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function useWays(): Way[] {
  const { session } = useHere();
  const all: (Way | false)[] = [
    works(session) && { to: '/work', word: 'shell.work', hint: 'home.way_work' },
    holds(session, 'verifier') && { to: '/queue', word: 'shell.queue', hint: 'home.way_queue' },
    works(session) && { to: '/items', word: 'shell.ledger', hint: 'home.way_items' },
    holds(session, 'recorder') && {
      to: '/items/new',
      word: 'shell.newItem',
      hint: 'home.way_new',
    },
    session === null && { to: '/sign-in', word: 'shell.signIn', hint: 'home.way_signIn' },
    { to: '/units', word: 'shell.units', hint: 'home.way_units' },
    { to: '/log/checkpoint', word: 'home.checkpoint', hint: 'home.way_checkpoint' },
    { to: '/help', word: 'shell.help', hint: 'home.way_help' },
  ];
  return all.filter((each): each is Way => each !== false);
}
