// Ballots on what is done next, and recording another, once for all its candidates.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router-dom';
import { getBallots, getBallotsTable, recordBallot } from '../../api/results';
import type { Ballots, BallotWish } from '../../api/shapes';
import { count } from '../../lib/numbers';
import type { Key } from '../../locales';
import type { Ahead } from '../../ui/ahead';
import { FormFields } from '../../ui/form/FormFields';
import { readForm, type FormValues } from '../../ui/form/reading';
import { SendingForm } from '../../ui/form/SendingForm';
import { useAround } from '../../ui/form/useAround';
import { useSending } from '../../ui/form/useSending';
import { useSpeech } from '../../ui/LanguageContext';
import { MoreRows } from '../../ui/MoreRows';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { holds, useHere } from '../../ui/SessionContext';
import { Sheet } from '../../ui/Sheet';
import { TableButton } from '../../ui/TableButton';
import { pagesOf } from '../../ui/usePages';
import { usePageTitle } from '../../ui/usePageTitle';
import { WideTable } from '../../ui/WideTable';
import { Day, StampLine, UnitLink } from '../../ui/words';
import { ballotFields, readCandidates } from './ballotForm';
import './project.css';

const BALLOTS = pagesOf(['ballots'], (cursor: string | undefined) => getBallots(cursor));

export const ahead: Ahead = ({ queries }) => void queries.prefetchInfiniteQuery(BALLOTS);

export function BallotsPage() {
  const { t } = useSpeech();
  const { session } = useHere();
  const [recording, setRecording] = useState(false);
  usePageTitle(t('project.ballots'));
  const asked = useInfiniteQuery(BALLOTS);
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  const first = asked.data?.pages[0];
  if (!asked.data || !first) return <Loading rows={6} />;
  const may = holds(session, 'recorder') || holds(session, 'supervisor');
  return (
    <>
      <div className="head">
        <h1>{t('project.ballots')}</h1>
        {may ? (
          <Button onClick={() => setRecording(true)}>{t('project.ballotRecord')}</Button>
        ) : null}
        {first.ballots.length > 0 ? (
          <TableButton load={getBallotsTable} name="ballots.csv" />
        ) : null}
      </div>
      <p className="quiet">{t('project.ballotHint')}</p>
      {first.ballots.length === 0 ? <p>{t('project.ballotsNone')}</p> : null}
      {asked.data.pages
        .flatMap((page) => page.ballots)
        .map((ballot) => (
          <OneBallot key={ballot.ballot} ballot={ballot} />
        ))}
      <MoreRows asked={asked} />
      <StampLine position={first.position} instant={first.instant} />
      {recording ? (
        <Sheet title={t('project.ballotRecord')} wide onClose={() => setRecording(false)}>
          <BallotForm onDone={() => setRecording(false)} />
        </Sheet>
      ) : null}
    </>
  );
}

function OneBallot({ ballot }: { ballot: Ballots['ballots'][number] }) {
  const { t } = useSpeech();
  return (
    <section className="card ballot">
      <h2>
        <UnitLink unit={ballot.unit} /> · {t(`project.body_${ballot.body}` as Key)} ·{' '}
        <Day day={ballot.day} />
      </h2>
      <p>{t('project.places', { candidates: ballot.candidates.length, places: ballot.places })}</p>
      <WideTable label={t('project.ballot')} asLines>
        <thead>
          <tr>
            <th scope="col">{t('project.candidate')}</th>
            <th scope="col">{t('project.for')}</th>
            <th scope="col">{t('project.chosen')}</th>
          </tr>
        </thead>
        <tbody>
          {ballot.candidates.map((each, index) => (
            <tr key={index}>
              <th scope="row">
                {each.item === null ? (
                  <span className="quiet">{t('project.candidateHidden')}</span>
                ) : (
                  <>
                    <Link to={`/projects/${each.item}`}>{each.title ?? each.item}</Link>{' '}
                    {each.title ? <small className="code quiet">{each.item}</small> : null}
                  </>
                )}
              </th>
              <td data-word={t('project.for')}>{count(each.for)}</td>
              <td data-word={t('project.chosen')}>{each.chosen ? '✓' : '—'}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

function BallotForm({ onDone }: { onDone: () => void }) {
  const { t } = useSpeech();
  const { today } = useHere().ledger;
  const around = useAround();
  const fields = useMemo(() => ballotFields(today), [today]);
  function read(values: FormValues) {
    const { body, faults } = readForm(fields, values);
    const candidates = readCandidates(values.candidates);
    return {
      body: { ...body, candidates: candidates.list } as BallotWish,
      faults: [...faults, ...candidates.faults],
    };
  }
  const start = { unit: around.myUnit, day: today };
  const form = useSending({ fields, start, read, send: recordBallot, onDone });
  return (
    <SendingForm form={form} word={t('project.ballotRecord')}>
      <FormFields form={form} fields={fields} around={around} />
    </SendingForm>
  );
}
