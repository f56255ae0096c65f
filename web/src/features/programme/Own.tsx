// How the unit itself stands to a requirement, and what whoever looks may say of it.
import { useSpeech } from '../../ui/LanguageContext';
import { Day, Fact } from '../../ui/words';
import { AnswerForm } from './AnswerForm';
import { RulingForm } from './RulingForm';
import { StatusText, type At } from './shown';

export function Own(at: At) {
  const { t, pick } = useSpeech();
  const { unit, requirement } = at;
  const { own } = requirement;
  if (!own) return null;
  return (
    <section className="card">
      <h2>
        {unit.name} · {pick(requirement.title)}
      </h2>
      <dl className="facts">
        <Fact label={t('programme.stands')}>
          <StatusText status={own.status} late={own.late} />
        </Fact>
        <Fact label={t('programme.since')}>
          <Day day={own.since} />
        </Fact>
        <Fact label={t('programme.due')}>
          <Day day={own.due} />
        </Fact>
      </dl>
      {requirement.delivers ? (
        <p>{t('programme.delivers', { what: pick(requirement.delivers) })}</p>
      ) : null}
      {requirement.stated ? (
        <p className="quiet">{t('programme.stated', { what: pick(requirement.stated) })}</p>
      ) : null}
      {own.answers.includes('met') ? <AnswerForm {...at} /> : null}
      <RulingForm
        key={own.status}
        programme={at.programme}
        requirement={requirement}
        unit={unit}
        answers={own.answers}
        onDone={() => undefined}
      />
    </section>
  );
}
