// The first page: what this is, where to click first, the article's rows, and what went wrong.
import { useHere } from '../../ui/SessionContext';
import { useSpeech } from '../../ui/LanguageContext';
import { usePageTitle } from '../../ui/usePageTitle';
import { ArticleRows } from './ArticleRows';
import { FirstWay } from './FirstWay';
import { TROUBLES } from './rows';
import { Troubles } from './Troubles';
import { useFigures } from './useFigures';
import { Ways } from './Ways';
import './first-page.css';

export function FirstPage() {
  const { t } = useSpeech();
  const { session, ledger } = useHere();
  usePageTitle(t('shell.brand'));
  return (
    <div className="first-page">
      {session ? null : <What demo={ledger.simulated} />}
      {session || !ledger.simulated ? <Ways /> : null}
      {ledger.simulated ? <Demonstration /> : null}
    </div>
  );
}

function What({ demo }: { demo: boolean }) {
  const { t } = useSpeech();
  return (
    <section className="what">
      <h1>{t('home.what')}</h1>
      <p className="lead">{t('home.whatIs')}</p>
      <p>{t('home.whatProof')}</p>
      {demo ? (
        <>
          <p>{t('home.demo')}</p>
          <FirstWay />
        </>
      ) : null}
    </section>
  );
}

function Demonstration() {
  const { t } = useSpeech();
  const { session } = useHere();
  const read = useFigures(TROUBLES.map((trouble) => trouble.figure));
  return (
    <>
      {session ? <p className="quiet">{t('home.demo')}</p> : null}
      <Troubles read={read} />
      <ArticleRows />
    </>
  );
}
