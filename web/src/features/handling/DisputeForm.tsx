// Recording a dispute without a name, and handing each party its code; and how it ended.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { newIdempotencyKey } from '../../api/client';
import { endDispute, sendDispute } from '../../api/residents';
import type { DisputeBrought, DisputeReceipt } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { LabelledField } from '../../ui/LabelledField';
import { useHere } from '../../ui/SessionContext';
import { UnitField } from '../../ui/UnitField';
import { BODIES, OUTCOMES, PARTIES_MAX, SORTS } from './model';

interface End {
  outcome?: (typeof OUTCOMES)[number];
  referred_to?: (typeof BODIES)[number];
}

export function DisputeForm(props: { unit: string; onDone: () => void }) {
  const { t } = useSpeech();
  const { ledger } = useHere();
  const queries = useQueryClient();
  const [given, setGiven] = useState<DisputeBrought>({
    unit: props.unit,
    sort: 'neighbours',
    day: ledger.today,
    parties: 2,
  });
  const [returns, setReturns] = useState('');
  const [end, setEnd] = useState<End>({});
  const sending = useMutation({
    mutationFn: () => sendDispute({ ...given, ...end, ...(returns ? { returns } : {}) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['disputes'] }),
  });
  const change = (changes: Partial<DisputeBrought>) => setGiven({ ...given, ...changes });
  if (sending.data) return <Codes receipt={sending.data} onDone={props.onDone} />;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        sending.mutate();
      }}
    >
      <p className="quiet">{t('handling.disputeHint')}</p>
      <UnitField
        label={t('handling.broughtTo')}
        code={given.unit || undefined}
        onChange={(unit) => change({ unit: unit ?? '' })}
      />
      <LabelledField label={t('handling.sort')}>
        {(described) => (
          <select
            {...described}
            value={given.sort}
            onChange={(event) => {
              const sort = SORTS.find((each) => each === event.target.value);
              if (sort) change({ sort });
            }}
          >
            {SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {t(`handling.sort_${sort}`)}
              </option>
            ))}
          </select>
        )}
      </LabelledField>
      <LabelledField label={t('handling.day')}>
        {(described) => (
          <input
            {...described}
            type="date"
            value={given.day}
            max={ledger.today}
            onChange={(event) => change({ day: event.target.value })}
          />
        )}
      </LabelledField>
      <LabelledField label={t('handling.parties')} hint={t('handling.partiesHint')}>
        {(described) => (
          <input
            {...described}
            type="number"
            min={2}
            max={PARTIES_MAX}
            value={given.parties}
            onChange={(event) => change({ parties: Number(event.target.value) || 2 })}
          />
        )}
      </LabelledField>
      <LabelledField label={t('handling.returns')} hint={t('handling.returnsHint')}>
        {(described) => (
          <input
            {...described}
            maxLength={20}
            value={returns}
            onChange={(event) => setReturns(event.target.value.trim())}
          />
        )}
      </LabelledField>
      <EndFields end={end} onChange={setEnd} open={t('handling.stillOpen')} />
      <Wrong error={sending.error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={sending.isPending}>
          {t('handling.recordDispute')}
        </Button>
      </div>
    </form>
  );
}

/** How it ended; `open` is the word of a dispute that has not. */
function EndFields(props: { end: End; onChange: (end: End) => void; open: string }) {
  const { t } = useSpeech();
  const { end, onChange } = props;
  return (
    <>
      <LabelledField label={t('handling.outcome')}>
        {(described) => (
          <select
            {...described}
            value={end.outcome ?? ''}
            onChange={(event) => {
              const outcome = OUTCOMES.find((each) => each === event.target.value);
              onChange(outcome ? { outcome } : {});
            }}
          >
            <option value="">{props.open}</option>
            {OUTCOMES.map((outcome) => (
              <option key={outcome} value={outcome}>
                {t(`handling.outcome_${outcome}`)}
              </option>
            ))}
          </select>
        )}
      </LabelledField>
      {end.outcome === 'referred' ? (
        <LabelledField label={t('handling.referredTo')}>
          {(described) => (
            <select
              {...described}
              value={end.referred_to ?? ''}
              onChange={(event) => {
                const body = BODIES.find((each) => each === event.target.value);
                onChange(
                  body ? { outcome: 'referred', referred_to: body } : { outcome: 'referred' },
                );
              }}
            >
              <option value="" />
              {BODIES.map((body) => (
                <option key={body} value={body}>
                  {t(`handling.body_${body}`)}
                </option>
              ))}
            </select>
          )}
        </LabelledField>
      ) : null}
    </>
  );
}

function Codes({ receipt, onDone }: { receipt: DisputeReceipt; onDone: () => void }) {
  const { t } = useSpeech();
  return (
    <div role="status">
      <p>{t('handling.codesHint')}</p>
      <p>
        {t('handling.number')} <b className="code">{receipt.dispute}</b>
      </p>
      <ol>
        {receipt.codes.map((code) => (
          <li key={code} className="code">
            {code}
          </li>
        ))}
      </ol>
      <div className="actions">
        <Button type="primary" onClick={onDone}>
          {t('handling.codesHanded')}
        </Button>
      </div>
    </div>
  );
}

/** How one that was open has ended, today. */
export function EndForm(props: { dispute: string; onDone: () => void }) {
  const { t } = useSpeech();
  const { ledger } = useHere();
  const queries = useQueryClient();
  const [end, setEnd] = useState<End>({});
  const [key] = useState(newIdempotencyKey);
  const { outcome } = end;
  const sending = useMutation({
    mutationFn: async () => {
      if (!outcome) return;
      await endDispute(props.dispute, { ...end, outcome, day: ledger.today }, `${key}${outcome}`);
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['disputes'] });
      props.onDone();
    },
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        sending.mutate();
      }}
    >
      <EndFields end={end} onChange={setEnd} open="" />
      <Wrong error={sending.error} />
      <div className="actions">
        <Button
          type="primary"
          htmlType="submit"
          disabled={outcome === undefined}
          loading={sending.isPending}
        >
          {t('handling.recordEnd')}
        </Button>
      </div>
    </form>
  );
}

export function Wrong({ error }: { error: Error | null }) {
  const { t } = useSpeech();
  if (!error) return null;
  return (
    <p role="alert" className="late">
      {error.message || t('term.offline')}
    </p>
  );
}
