// The programmes that this ledger has adopted.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getProgrammes } from '../../api/programmes';
import { longDay } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { usePageTitle } from '../../ui/usePageTitle';
import { StampLine } from '../../ui/words';
import './programme.css';

export function ProgrammesPage() {
  const { t, pick, language } = useSpeech();
  usePageTitle(t('programme.list'));
  const asked = useQuery({ queryKey: ['programmes'], queryFn: getProgrammes });
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading />;
  const { programmes, position, instant } = asked.data;
  return (
    <>
      <div className="head">
        <h1>{t('programme.list')}</h1>
      </div>
      {programmes.length === 0 ? (
        <Notice title={t('programme.listEmpty')} hint={t('programme.listEmptyHint')} />
      ) : null}
      {programmes.map((one) => (
        <section key={one.programme} className="card">
          <h2>
            <Link to={`/programmes/${one.programme}`}>{pick(one.title)}</Link>
          </h2>
          <p>
            {longDay(one.from, language)} – {longDay(one.to, language)}
          </p>
          <p className="quiet">{pick(one.basis)}</p>
        </section>
      ))}
      <StampLine position={position} instant={instant} />
    </>
  );
}
