// One scheme: how far the households of each unit are, what they wait for, and what is public.
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import {
  freezeScheme,
  getRostersTable,
  getScheme,
  getStages,
  makeRoster,
  openSigning,
} from '../../api/schemes';
import type {
  HouseholdCounts,
  PublicRoster,
  RosterWish,
  SchemePage as Page,
  SigningWish,
} from '../../api/shapes';
import { count } from '../../lib/numbers';
import type { Ahead } from '../../ui/ahead';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { saveFile } from '../../ui/saveFile';
import { useHere } from '../../ui/SessionContext';
import { Sheet } from '../../ui/Sheet';
import { TableButton } from '../../ui/TableButton';
import { usePageTitle } from '../../ui/usePageTitle';
import { WideTable } from '../../ui/WideTable';
import { Day, Fact, StampLine } from '../../ui/words';
import { PlainForm, type PlainValues } from './PlainForm';
import { RosterRows, StageHeads } from './RosterRows';
import { Households, Register, Signed, Standing, Term } from './SchemeFacts';
import { STAGES } from './stages';
import './roster.css';

const schemeOf = (scheme: string, unit: string | null) =>
  queryOptions({
    queryKey: ['scheme', scheme, unit],
    queryFn: () => getScheme(scheme, unit),
  });

export const ahead: Ahead = ({ params: { scheme = '' }, search, queries }) =>
  void queries.prefetchQuery(schemeOf(scheme, search.get('unit')));

export function SchemePage() {
  const { scheme = '' } = useParams();
  const [search] = useSearchParams();
  const unit = search.get('unit');
  const { t } = useSpeech();
  const asked = useQuery(schemeOf(scheme, unit));
  usePageTitle(asked.data?.scheme.name ?? t('roster.of'));
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading rows={8} />;
  const page = asked.data;
  return (
    <>
      <p>
        <Link to="/schemes">{t('roster.title')}</Link>
      </p>
      <Head page={page} unit={unit} />
      <Facts page={page} />
      <Stages page={page} />
      <Rosters page={page} unit={unit} />
      <StampLine position={page.position} instant={page.instant} />
    </>
  );
}

type Open = 'freeze' | 'sign' | 'publish' | null;

function Head({ page, unit }: { page: Page; unit: string | null }) {
  const { t } = useSpeech();
  const { ledger } = useHere();
  const [open, setOpen] = useState<Open>(null);
  const code = page.scheme.scheme;
  const saving = useMutation({
    mutationFn: () => getStages(code, unit),
    onSuccess: (file) => saveFile(file, `${t('roster.fileName', { day: ledger.today })}.csv`),
  });
  const close = () => setOpen(null);
  return (
    <>
      <div className="head">
        <h1>{page.scheme.name}</h1>
        <span className="roster-actions">
          <Button loading={saving.isPending} onClick={() => saving.mutate()}>
            {t('roster.save')}
          </Button>
          {page.may.freeze ? (
            <Button onClick={() => setOpen('freeze')}>{t('roster.freeze')}</Button>
          ) : null}
          {page.may.sign ? (
            <Button onClick={() => setOpen('sign')}>{t('roster.sign')}</Button>
          ) : null}
          {page.may.publish ? (
            <Button onClick={() => setOpen('publish')}>{t('roster.publish')}</Button>
          ) : null}
        </span>
      </div>
      {saving.error ? <ErrorNotice error={saving.error} /> : null}
      {open === 'freeze' ? (
        <Sheet title={t('roster.freeze')} onClose={close}>
          <PlainForm
            fields={[]}
            lead={<p>{t('roster.freezeHint')}</p>}
            word={t('roster.freeze')}
            read={() => null}
            send={(_, key) => freezeScheme(code, key)}
            onDone={close}
          />
        </Sheet>
      ) : null}
      {open === 'sign' ? (
        <Sheet title={t('roster.sign')} wide onClose={close}>
          <PlainForm
            fields={[
              { name: 'first', label: t('roster.first'), sort: 'day' },
              { name: 'last', label: t('roster.last'), sort: 'day' },
              {
                name: 'percent',
                label: t('roster.percent'),
                hint: t('roster.percentHint'),
                sort: 'number',
                optional: true,
              },
            ]}
            start={{ first: ledger.today }}
            read={signingOf}
            send={(body, key) => openSigning(code, body, key)}
            onDone={close}
          />
        </Sheet>
      ) : null}
      {open === 'publish' ? (
        <Sheet title={t('roster.publish')} wide onClose={close}>
          <PlainForm
            fields={[
              { name: 'unit', label: t('roster.village'), optional: true },
              { name: 'last', label: t('roster.last'), sort: 'day' },
            ]}
            start={{ unit: unit ?? '' }}
            lead={<p>{t('roster.publishHint')}</p>}
            read={rosterOf}
            send={(body, key) => makeRoster(code, body, key)}
            onDone={close}
          />
        </Sheet>
      ) : null}
    </>
  );
}

function signingOf(values: PlainValues): SigningWish {
  const percent = Number((values.percent ?? '').trim());
  const body: SigningWish = { first: values.first ?? '', last: values.last ?? '' };
  if (values.percent?.trim()) body.percent = Number.isInteger(percent) ? percent : 0;
  return body;
}

function rosterOf(values: PlainValues): RosterWish {
  const unit = (values.unit ?? '').trim();
  const last = values.last ?? '';
  return unit ? { audience: 'affected', unit, last } : { audience: 'everybody', last };
}

function Facts({ page }: { page: Page }) {
  const { t } = useSpeech();
  const { scheme } = page;
  return (
    <section className="card">
      <dl className="roster-facts">
        <Fact label={t('roster.households')}>
          <Households scheme={scheme} />
          <br />
          <small>
            <Register scheme={scheme} />
          </small>
        </Fact>
        <Fact label={t('roster.signed')}>
          <Signed scheme={scheme} />
        </Fact>
        <Fact label={t('roster.term')}>
          <Term scheme={scheme} />
        </Fact>
        <Fact label={t('roster.standing')}>
          <Standing scheme={scheme} />
        </Fact>
      </dl>
      <p className="quiet">{t('roster.gates')}</p>
    </section>
  );
}

function Cells({ counts }: { counts: HouseholdCounts }) {
  const { t } = useSpeech();
  return (
    <>
      <td data-word={t('roster.households')}>{count(counts.households)}</td>
      {STAGES.map((stage) => (
        <td key={stage} data-word={t(`roster.stage_${stage}`)}>
          {count(counts.stages[stage])}
        </td>
      ))}
      <td data-word={t('roster.signedAll')}>{count(counts.signed)}</td>
      <td
        data-word={t('roster.split')}
        title={t('roster.splitSigned', { signed: counts.splits_signed })}
      >
        {count(counts.splits)}
      </td>
    </>
  );
}

function Stages({ page }: { page: Page }) {
  const { t } = useSpeech();
  const here = `/schemes/${encodeURIComponent(page.scheme.scheme)}`;
  const below = (code: string) => `${here}?unit=${encodeURIComponent(code)}`;
  return (
    <section className="card">
      <h2>{t('roster.stages')}</h2>
      <p>
        <Link to={here}>{page.scheme.name}</Link>
        {page.path.map((unit) => (
          <span key={unit.code}>
            {' / '}
            <Link to={below(unit.code)}>{unit.name}</Link>
          </span>
        ))}{' '}
        {page.unit ? (
          <Link to={`/items?kind=household&unit=${encodeURIComponent(page.unit.code)}`}>
            {t('roster.list')}
          </Link>
        ) : null}
      </p>
      <WideTable label={t('roster.stages')} asLines many>
        <thead>
          <tr>
            <StageHeads />
            <th scope="col">{t('roster.signedAll')}</th>
            <th scope="col">{t('roster.split')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('roster.whole')}</th>
            <Cells counts={page.counts} />
          </tr>
          {page.rows.map((row) => (
            <tr key={row.unit.code}>
              <th scope="row">
                {row.leaf ? (
                  <Link to={`/items?kind=household&unit=${encodeURIComponent(row.unit.code)}`}>
                    {row.unit.name}
                  </Link>
                ) : (
                  <Link to={below(row.unit.code)}>{row.unit.name}</Link>
                )}
              </th>
              <Cells counts={row.counts} />
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

function Rosters({ page, unit }: { page: Page; unit: string | null }) {
  const { rosters, scheme } = page;
  const { t } = useSpeech();
  const today = useHere().ledger.today;
  const audienceOf = ({ unit }: PublicRoster) =>
    unit ? t('roster.affected', { unit: unit.name }) : t('roster.everybody');
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('roster.rosters')}</h2>
        {rosters.length > 0 ? (
          <TableButton
            load={() => getRostersTable(scheme.scheme, unit)}
            name={`${scheme.scheme}-rosters.csv`}
          />
        ) : null}
      </div>
      {rosters.length === 0 ? <p className="quiet">{t('roster.rostersNone')}</p> : null}
      {rosters.map((roster) => (
        <details key={roster.number}>
          <summary>
            {audienceOf(roster)} <Day day={roster.first} /> – <Day day={roster.last} />{' '}
            {roster.last < today ? <span className="tag">{t('roster.over')}</span> : null}
          </summary>
          <RosterRows roster={roster} />
        </details>
      ))}
    </section>
  );
}
