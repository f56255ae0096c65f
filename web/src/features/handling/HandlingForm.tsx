// Recording that a service was given: how often he had to come, and why; never who he is.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newIdempotencyKey } from '../../api/client';
import { getServices, sendHandling } from '../../api/residents';
import type { FurtherVisit, HandlingGiven, ServiceEntry } from '../../api/shapes';
import { intentFor, type Intent } from '../../lib/intent';
import { useSpeech } from '../../ui/LanguageContext';
import { LabelledField } from '../../ui/LabelledField';
import { useHere } from '../../ui/SessionContext';
import { UnitField } from '../../ui/UnitField';
import { ChoiceField, DayField, RecordForm } from './fields';
import { furtherOf, lacks, REASONS, VISITS_MAX, WHYS, withReason } from './model';

export function HandlingForm(props: { unit: string; onDone: () => void }) {
  const { t, pick } = useSpeech();
  const { ledger } = useHere();
  const queries = useQueryClient();
  const catalogue = useQuery({ queryKey: ['services'], queryFn: getServices });
  const [given, setGiven] = useState<HandlingGiven>({
    service: '',
    unit: props.unit,
    day: ledger.today,
    visits: 1,
    further: [],
  });
  const [intent, setIntent] = useState<Intent | null>(null);
  const [lacking, setLacking] = useState<string | null>(null);
  const sending = useMutation({
    mutationFn: (key: string) => sendHandling(given, key),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['handlings'] });
      props.onDone();
    },
  });
  const services = catalogue.data?.services ?? [];
  const service = services.find((each) => each.service === given.service);
  const change = (changes: Partial<HandlingGiven>) => setGiven({ ...given, ...changes });
  const further = given.further ?? [];
  function setVisit(index: number, visit: FurtherVisit) {
    change({ further: further.map((each, at) => (at === index ? visit : each)) });
  }
  function send() {
    const first = lacks(given, service);
    setLacking(first && t(first));
    if (first) return;
    const next = intentFor(intent, JSON.stringify(given), newIdempotencyKey);
    setIntent(next);
    sending.mutate(next.key);
  }
  return (
    <RecordForm word={t('handling.record')} sending={sending} lacking={lacking} onSend={send}>
      <p className="quiet">{t('handling.recordHint')}</p>
      <ChoiceField
        label={t('handling.service')}
        choices={services.map((each) => ({ code: each.service, word: pick(each.title) }))}
        value={given.service}
        none=""
        onChange={(code) => change({ service: code ?? '', further: furtherOf(given.visits, []) })}
      />
      <UnitField
        label={t('handling.givenBy')}
        code={given.unit || undefined}
        onChange={(unit) => change({ unit: unit ?? '' })}
      />
      <DayField
        label={t('handling.day')}
        value={given.day}
        max={ledger.today}
        onChange={(day) => change({ day })}
      />
      <LabelledField label={t('handling.visits')} hint={t('handling.visitsHint')}>
        {(described) => (
          <input
            {...described}
            type="number"
            min={0}
            max={VISITS_MAX}
            value={given.visits}
            onChange={(event) => {
              const visits = Math.min(Math.max(Number(event.target.value) || 0, 0), VISITS_MAX);
              change({ visits, further: furtherOf(visits, further) });
            }}
          />
        )}
      </LabelledField>
      {further.map((visit, index) => (
        <Visit
          key={index}
          number={index + 2}
          visit={visit}
          service={service}
          onChange={(next) => setVisit(index, next)}
        />
      ))}
    </RecordForm>
  );
}

function Visit(props: {
  number: number;
  visit: FurtherVisit;
  service: ServiceEntry | undefined;
  onChange: (visit: FurtherVisit) => void;
}) {
  const { t, pick } = useSpeech();
  const { visit, onChange } = props;
  const asks = props.service?.asks ?? [];
  const missing = visit.reason === 'material_missing';
  return (
    <fieldset className="handling-visit">
      <legend>{t('handling.visitNumber', { number: props.number })}</legend>
      <ChoiceField
        label={t('handling.why')}
        choices={REASONS.map((reason) => ({ code: reason, word: t(`handling.reason_${reason}`) }))}
        value={visit.reason}
        onChange={(reason) => reason && onChange(withReason(reason))}
      />
      {missing ? (
        <>
          <ChoiceField
            label={t('handling.material')}
            choices={asks.map((each) => ({ code: each.material, word: pick(each.title) }))}
            value={visit.material}
            none=""
            onChange={(material) => onChange({ ...visit, material: material ?? '' })}
          />
          <ChoiceField
            label={t('handling.materialWhy')}
            choices={WHYS.map((why) => ({ code: why, word: t(`handling.why_${why}`) }))}
            value={visit.why}
            none=""
            onChange={(why) => onChange(why ? { ...visit, why } : withReason(visit.reason))}
          />
        </>
      ) : null}
      {visit.reason === 'other' ? (
        <LabelledField label={t('handling.words')} hint={t('handling.wordsHint')}>
          {(described) => (
            <input
              {...described}
              maxLength={200}
              value={visit.text ?? ''}
              onChange={(event) => onChange({ ...visit, text: event.target.value })}
            />
          )}
        </LabelledField>
      ) : null}
    </fieldset>
  );
}
