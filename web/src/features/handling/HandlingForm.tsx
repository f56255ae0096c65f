// Recording that a service was given: how often he had to come, and why; never who he is.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { newIdempotencyKey } from '../../api/client';
import { getServices, sendHandling } from '../../api/residents';
import type { FurtherVisit, HandlingGiven, ServiceEntry } from '../../api/shapes';
import { intentFor, type Intent } from '../../lib/intent';
import { useSpeech } from '../../ui/LanguageContext';
import { LabelledField } from '../../ui/LabelledField';
import { useHere } from '../../ui/SessionContext';
import { UnitField } from '../../ui/UnitField';
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
  const [wrong, setWrong] = useState<string | null>(null);
  const sending = useMutation({
    mutationFn: (key: string) => sendHandling(given, key),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['handlings'] });
      props.onDone();
    },
    onError: (error) => setWrong(error.message || t('term.offline')),
  });
  const services = catalogue.data?.services ?? [];
  const service = services.find((each) => each.service === given.service);
  const change = (changes: Partial<HandlingGiven>) => setGiven({ ...given, ...changes });
  const further = given.further ?? [];
  function setVisit(index: number, visit: FurtherVisit) {
    change({ further: further.map((each, at) => (at === index ? visit : each)) });
  }
  function send() {
    const lacking = lacks(given, service);
    setWrong(lacking ? t(lacking) : null);
    if (lacking) return;
    const next = intentFor(intent, JSON.stringify(given), newIdempotencyKey);
    setIntent(next);
    sending.mutate(next.key);
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p className="quiet">{t('handling.recordHint')}</p>
      <LabelledField label={t('handling.service')}>
        {(described) => (
          <select
            {...described}
            value={given.service}
            onChange={(event) =>
              change({ service: event.target.value, further: furtherOf(given.visits, []) })
            }
          >
            <option value="" />
            {services.map((each) => (
              <option key={each.service} value={each.service}>
                {pick(each.title)}
              </option>
            ))}
          </select>
        )}
      </LabelledField>
      <UnitField
        label={t('handling.givenBy')}
        code={given.unit || undefined}
        onChange={(unit) => change({ unit: unit ?? '' })}
      />
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
      {wrong ? (
        <p role="alert" className="late">
          {wrong}
        </p>
      ) : null}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={sending.isPending}>
          {t('handling.record')}
        </Button>
      </div>
    </form>
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
  const missing = visit.reason === 'material_missing';
  return (
    <fieldset className="handling-visit">
      <legend>{t('handling.visitNumber', { number: props.number })}</legend>
      <LabelledField label={t('handling.why')}>
        {(described) => (
          <select
            {...described}
            value={visit.reason}
            onChange={(event) => {
              const reason = REASONS.find((each) => each === event.target.value);
              if (reason) onChange(withReason(reason));
            }}
          >
            {REASONS.map((reason) => (
              <option key={reason} value={reason}>
                {t(`handling.reason_${reason}`)}
              </option>
            ))}
          </select>
        )}
      </LabelledField>
      {missing ? (
        <>
          <LabelledField label={t('handling.material')}>
            {(described) => (
              <select
                {...described}
                value={visit.material ?? ''}
                onChange={(event) => onChange({ ...visit, material: event.target.value })}
              >
                <option value="" />
                {(props.service?.asks ?? []).map((each) => (
                  <option key={each.material} value={each.material}>
                    {pick(each.title)}
                  </option>
                ))}
              </select>
            )}
          </LabelledField>
          <LabelledField label={t('handling.materialWhy')}>
            {(described) => (
              <select
                {...described}
                value={visit.why ?? ''}
                onChange={(event) => {
                  const why = WHYS.find((each) => each === event.target.value);
                  onChange(why ? { ...visit, why } : withReason(visit.reason));
                }}
              >
                <option value="" />
                {WHYS.map((why) => (
                  <option key={why} value={why}>
                    {t(`handling.why_${why}`)}
                  </option>
                ))}
              </select>
            )}
          </LabelledField>
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
