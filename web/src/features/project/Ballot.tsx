// The ballot by which it was chosen: who voted, for how many places, and every candidate's votes.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getBallot, getBallotTable } from '../../api/results';
import { count } from '../../lib/numbers';
import type { Key } from '../../locales';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { TableButton } from '../../ui/TableButton';
import { WideTable } from '../../ui/WideTable';
import { Day, UnitLink } from '../../ui/words';

export function Ballot({ ballot, no }: { ballot: number; no: string }) {
  const { t } = useSpeech();
  const asked = useQuery({ queryKey: ['ballot', ballot], queryFn: () => getBallot(ballot) });
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading rows={4} />;
  const held = asked.data;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('project.ballot')}</h2>
        <TableButton load={() => getBallotTable(ballot)} name={`ballot-${ballot}.csv`} />
      </div>
      <p>
        <UnitLink unit={held.unit} /> · {t(`project.body_${held.body}` as Key)} ·{' '}
        <Day day={held.day} /> ·{' '}
        {t('project.places', { candidates: held.candidates.length, places: held.places })}
      </p>
      {held.text ? <p className="prose">{held.text}</p> : null}
      <WideTable label={t('project.ballot')}>
        <thead>
          <tr>
            <th scope="col">{t('project.candidate')}</th>
            <th scope="col">{t('project.for')}</th>
            <th scope="col">{t('project.against')}</th>
            <th scope="col">{t('project.abstained')}</th>
            <th scope="col">{t('project.chosen')}</th>
          </tr>
        </thead>
        <tbody>
          {held.candidates.map((each, index) => (
            <tr key={index}>
              <th scope="row">
                {each.item === null ? (
                  <span className="quiet">{t('project.candidateHidden')}</span>
                ) : each.item === no ? (
                  <b>{each.title ?? each.item}</b>
                ) : (
                  <Link to={`/projects/${each.item}`}>{each.title ?? each.item}</Link>
                )}
              </th>
              <td>{count(each.for)}</td>
              <td>{count(each.against)}</td>
              <td>{count(each.abstained)}</td>
              <td>{each.chosen ? '✓' : '—'}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}
