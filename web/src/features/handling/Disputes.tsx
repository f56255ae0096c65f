// Disputes of a unit: by outcome, by the parties' own answers and by what came back. No number of
// petitions, and none of what did not happen.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { newIdempotencyKey } from '../../api/client';
import {
  enterPaper,
  getNewestDisputesTable,
  getUnitDisputes,
  type Period,
} from '../../api/residents';
import type { DisputeNumbers, DisputeRow } from '../../api/shapes';
import { count } from '../../lib/numbers';
import { unitAddress } from '../../lib/unitAddress';
import { FormError } from '../../ui/FormError';
import { useSpeech } from '../../ui/LanguageContext';
import { MoreRows } from '../../ui/MoreRows';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { Sheet } from '../../ui/Sheet';
import { TableButton } from '../../ui/TableButton';
import { useLater } from '../../ui/useLater';
import { pagesOf } from '../../ui/usePages';
import { WideTable } from '../../ui/WideTable';
import { Day, PartLink, StampLine, UnitLink } from '../../ui/words';
import { EndForm } from './DisputeForm';
import { Share } from './Share';

const SHARES = ['agreed', 'on_the_spot', 'withdrawn', 'referred', 'failed', 'came_back'] as const;
const ANSWERS = ['confirmed', 'denied', 'unanswered'] as const;
const COLUMNS = [...SHARES, ...ANSWERS];

export const disputesOf = (unit: string, period: Period) =>
  pagesOf(['disputes', unit, period], (cursor: string | undefined) =>
    getUnitDisputes(unit, period, cursor),
  );

export function Disputes({ unit, period }: { unit: string; period: Period }) {
  const { t } = useSpeech();
  const asked = useInfiniteQuery(disputesOf(unit, period));
  const later = useLater(Boolean(asked.data));
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  const first = asked.data?.pages[0];
  if (!asked.data || !first) return <Loading rows={6} />;
  const children = asked.data.pages.flatMap((page) => page.children);
  return (
    <>
      <section className="card">
        <h2>{t('handling.part_disputes')}</h2>
        <p className="quiet">{t('handling.disputesHint')}</p>
        <WideTable label={t('handling.part_disputes')} asLines many>
          <thead>
            <tr>
              <th scope="col">{t('term.unit')}</th>
              <th scope="col">{t('handling.brought')}</th>
              {COLUMNS.map((name) => (
                <th key={name} scope="col">
                  {t(`handling.number_${name}`)}
                </th>
              ))}
              <th scope="col">{t('handling.silent')}</th>
            </tr>
          </thead>
          <tbody>
            <Row name={<b>{t('handling.all')}</b>} numbers={first.all} />
            {children.map((row) => (
              <Row key={unitAddress(row.unit)} name={<PartLink part={row} />} numbers={row} />
            ))}
            {children.length > 0 ? <Row name={t('handling.own')} numbers={first.own} /> : null}
          </tbody>
        </WideTable>
        <MoreRows asked={asked} />
      </section>
      {later ? <Newest unit={unit} period={period} disputes={first.newest} /> : null}
      <StampLine position={first.position} instant={first.instant} />
    </>
  );
}

function Newest(props: { unit: string; period: Period; disputes: readonly DisputeRow[] }) {
  const { t } = useSpeech();
  const { unit, period, disputes } = props;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('handling.newest')}</h2>
        {disputes.length > 0 ? (
          <TableButton
            load={() => getNewestDisputesTable(unit, period)}
            name={`disputes-newest-${unit}.csv`}
          />
        ) : null}
      </div>
      {disputes.length === 0 ? <p className="quiet">{t('handling.none')}</p> : null}
      <ul className="plain">
        {disputes.map((dispute) => (
          <OneDispute key={dispute.dispute} dispute={dispute} />
        ))}
      </ul>
    </section>
  );
}

function Row({ name, numbers }: { name: ReactNode; numbers: DisputeNumbers }) {
  const { t } = useSpeech();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-word={t('handling.brought')}>{count(numbers.brought)}</td>
      {COLUMNS.map((column) => (
        <td key={column} data-word={t(`handling.number_${column}`)}>
          <Share share={numbers[column]} few={numbers.few} brief />
        </td>
      ))}
      <td data-word={t('handling.silent')}>{count(numbers.parties_silent)}</td>
    </tr>
  );
}

function OneDispute({ dispute }: { dispute: DisputeRow }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState<'end' | 'paper' | null>(null);
  const silent = dispute.answers.filter((each) => each.answer === 'none');
  return (
    <li className="handling-dispute">
      <h3>
        <span className="code">{dispute.dispute}</span> <Day day={dispute.day} />{' '}
        <UnitLink unit={dispute.unit} /> {t(`handling.sort_${dispute.sort}`)}{' '}
        <span className="tag">
          {dispute.outcome ? t(`handling.outcome_${dispute.outcome}`) : t('handling.stillOpen')}
        </span>
      </h3>
      <p>
        {dispute.answers
          .map((each) =>
            t('handling.partySays', {
              party: each.party,
              answer: t(`handling.answer_${each.answer}`),
            }),
          )
          .join(' · ')}
      </p>
      {dispute.returns ? <p>{t('handling.isReturn', { number: dispute.returns })}</p> : null}
      {dispute.returned > 0 ? (
        <p className="late">{t('handling.cameBack', { count: dispute.returned })}</p>
      ) : null}
      {dispute.outcome ? null : (
        <Button onClick={() => setOpen('end')}>{t('handling.recordEnd')}</Button>
      )}
      {dispute.outcome && silent.length > 0 ? (
        <Button onClick={() => setOpen('paper')}>{t('handling.enterPaper')}</Button>
      ) : null}
      {open === 'end' ? (
        <Sheet title={t('handling.recordEnd')} onClose={() => setOpen(null)}>
          <EndForm dispute={dispute.dispute} onDone={() => setOpen(null)} />
        </Sheet>
      ) : null}
      {open === 'paper' ? (
        <Sheet title={t('handling.enterPaper')} onClose={() => setOpen(null)}>
          <PaperForm dispute={dispute} onDone={() => setOpen(null)} />
        </Sheet>
      ) : null}
    </li>
  );
}

function PaperForm({ dispute, onDone }: { dispute: DisputeRow; onDone: () => void }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [key] = useState(newIdempotencyKey);
  const sending = useMutation({
    mutationFn: ({ party, answer }: { party: number; answer: 'yes' | 'no' }) =>
      enterPaper(dispute.dispute, { party, answer }, `${key}-${party}-${answer}`),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['disputes'] });
      onDone();
    },
  });
  return (
    <>
      <p className="quiet">{t('handling.paperHint')}</p>
      {dispute.answers
        .filter((each) => each.answer === 'none')
        .map(({ party }) => (
          <p key={party}>
            {t('handling.party', { party })}{' '}
            <Button onClick={() => sending.mutate({ party, answer: 'yes' })}>
              {t('handling.answer_yes')}
            </Button>{' '}
            <Button onClick={() => sending.mutate({ party, answer: 'no' })}>
              {t('handling.answer_no')}
            </Button>
          </p>
        ))}
      <FormError error={sending.error} />
    </>
  );
}
