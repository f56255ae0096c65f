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
import { ChoiceField, DayField, RecordForm } from './fields';
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
    <RecordForm
      word={t('handling.recordDispute')}
      sending={sending}
      onSend={() => sending.mutate()}
    >
      <p className="quiet">{t('handling.disputeHint')}</p>
      <UnitField
        label={t('handling.broughtTo')}
        code={given.unit || undefined}
        onChange={(unit) => change({ unit: unit ?? '' })}
      />
      <ChoiceField
        label={t('handling.sort')}
        choices={SORTS.map((sort) => ({ code: sort, word: t(`handling.sort_${sort}`) }))}
        value={given.sort}
        onChange={(sort) => sort && change({ sort })}
      />
      <DayField
        label={t('handling.day')}
        value={given.day}
        max={ledger.today}
        onChange={(day) => change({ day })}
      />
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
    </RecordForm>
  );
}

/** How it ended; `open` is the word of a dispute that has not. */
function EndFields(props: { end: End; onChange: (end: End) => void; open: string }) {
  const { t } = useSpeech();
  const { end, onChange } = props;
  return (
    <>
      <ChoiceField
        label={t('handling.outcome')}
        choices={OUTCOMES.map((outcome) => ({
          code: outcome,
          word: t(`handling.outcome_${outcome}`),
        }))}
        value={end.outcome}
        none={props.open}
        onChange={(outcome) => onChange(outcome ? { outcome } : {})}
      />
      {end.outcome === 'referred' ? (
        <ChoiceField
          label={t('handling.referredTo')}
          choices={BODIES.map((body) => ({ code: body, word: t(`handling.body_${body}`) }))}
          value={end.referred_to}
          none=""
          onChange={(body) =>
            onChange({ outcome: 'referred', ...(body ? { referred_to: body } : {}) })
          }
        />
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
    <RecordForm
      word={t('handling.recordEnd')}
      sending={sending}
      disabled={outcome === undefined}
      onSend={() => sending.mutate()}
    >
      <EndFields end={end} onChange={setEnd} open="" />
    </RecordForm>
  );
}
