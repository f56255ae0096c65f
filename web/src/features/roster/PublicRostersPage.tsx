// The public rosters that everybody may see today: by scheme, the newest first.
import { useQuery } from '@tanstack/react-query';
import { getPublicRosters, getPublicRostersTable } from '../../api/schemes';
import type { PublicRoster } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading, Notice } from '../../ui/Notice';
import { TableButton } from '../../ui/TableButton';
import { usePageTitle } from '../../ui/usePageTitle';
import { Day } from '../../ui/words';
import { RosterRows } from './RosterRows';
import './roster.css';

export function PublicRostersPage() {
  const { t, language } = useSpeech();
  usePageTitle(t('roster.public'));
  const asked = useQuery({ queryKey: ['rosters'], queryFn: getPublicRosters });
  const rosters = asked.data?.rosters ?? [];
  const schemes = [...new Set(rosters.map((roster) => roster.scheme))];
  return (
    <>
      <div className="head">
        <h1>{t('roster.public')}</h1>
        {rosters.length > 0 ? (
          <TableButton load={getPublicRostersTable} name="rosters.csv" />
        ) : null}
      </div>
      <p className="quiet">
        {t('roster.publicHint')} <a href={`/household?lang=${language}`}>{t('roster.publicOwn')}</a>
      </p>
      {asked.error && !asked.data ? <ErrorNotice error={asked.error} /> : null}
      {asked.isPending ? <Loading rows={6} /> : null}
      {asked.data && rosters.length === 0 ? (
        <section className="card">
          <Notice title={t('roster.publicNone')} hint={t('roster.publicNoneHint')} />
        </section>
      ) : null}
      {schemes.map((scheme) => (
        <OfScheme key={scheme} rosters={rosters.filter((each) => each.scheme === scheme)} />
      ))}
    </>
  );
}

// At least one; the newest is open, those before it are folded.
function OfScheme({ rosters }: { rosters: PublicRoster[] }) {
  const { t } = useSpeech();
  return (
    <section className="card">
      <h2>{rosters[0]?.name}</h2>
      {rosters.map((roster, place) => (
        <details key={roster.number} open={place === 0}>
          <summary>
            {t('roster.publicFrom')} <Day day={roster.first} /> – <Day day={roster.last} />
          </summary>
          <RosterRows roster={roster} />
        </details>
      ))}
    </section>
  );
}
