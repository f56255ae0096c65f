// Where to click first: from the country down to one community, whose path the tree tells.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getPath } from '../../api/figures';
import { useSpeech } from '../../ui/LanguageContext';
import { FIRST_WAY_TO } from './rows';

export function FirstWay() {
  const { t } = useSpeech();
  const asked = useQuery({
    queryKey: ['path', FIRST_WAY_TO],
    queryFn: () => getPath(FIRST_WAY_TO),
    meta: { still: true },
    retry: false,
  });
  const path = asked.data ?? [];
  const last = path.at(-1);
  return (
    <div className="first-way">
      {last ? <p>{t('home.startHint', { place: last.name })}</p> : null}
      <ol className="first-steps">
        <li>
          <Link className="button primary" to="/units">
            {t('home.start')}
          </Link>
        </li>
        {path.slice(1).map((unit) => (
          <li key={unit.code}>{unit.name}</li>
        ))}
      </ol>
      <p className="quiet">
        {t('home.startSearch')} {t('home.signInHint')}{' '}
        <Link to="/sign-in">{t('shell.signIn')}</Link>
      </p>
    </div>
  );
}
