// How a unit and all below it stand to the programmes of this ledger, briefly, with the way there.
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getCoverage, getProgrammes } from '../../api/programmes';
import type { Unit, UnitCoverage as Answer } from '../../api/shapes';
import { count, percent } from '../../lib/numbers';
import { unitAddress } from '../../lib/unitAddress';
import { useSpeech } from '../../ui/LanguageContext';

export function UnitCoverage({ unit }: { unit: Unit }) {
  const { t, pick } = useSpeech();
  const listed = useQuery({ queryKey: ['programmes'], queryFn: getProgrammes });
  const programmes = listed.data?.programmes ?? [];
  const coverages = useQueries({
    queries: programmes.map(({ programme }) => ({
      queryKey: ['coverage', programme, unitAddress(unit)],
      queryFn: () => getCoverage(unitAddress(unit), programme),
    })),
  });
  const rows = programmes.flatMap((programme, index) => {
    const share = coverages[index]?.data ? sumOf(coverages[index].data) : null;
    return share && share.denominator > 0 ? [{ programme, share }] : [];
  });
  if (rows.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('programme.unitCoverage')}</h2>
      <p className="quiet">{t('programme.unitCoverageHint')}</p>
      <ul className="plain">
        {rows.map(({ programme, share }) => (
          <li key={programme.programme} className="running">
            <Link to={`/programmes/${programme.programme}?unit=${unitAddress(unit)}`}>
              {pick(programme.title)}
            </Link>{' '}
            {t('programme.coveredOf', {
              covered: count(share.numerator),
              asked: count(share.denominator),
            })}{' '}
            <small>{percent(share)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function sumOf({ requirements }: Answer) {
  const held = requirements.filter((one) => !one.dropped);
  return {
    numerator: held.reduce((all, { counts }) => all + counts.covered, 0),
    denominator: held.reduce((all, { counts }) => all + counts.asked, 0),
  };
}
