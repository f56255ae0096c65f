// What a reporter sent: his words for the unit that received them, and who had his identity opened.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { readReporter } from '../../api/items';
import type { Item, Unit } from '../../api/shapes';
import { longInstant } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice } from '../../ui/Notice';
import { UnitLink } from '../../ui/words';

type Report = NonNullable<Item['report']>;
type Acting = Item['recorder'];

export function ReportCard({ item }: { item: Item }) {
  const { t } = useSpeech();
  const { report } = item;
  if (!report) return null;
  return (
    <section className="card" id="report">
      <h2>{t('item.report')}</h2>
      <p className="quiet">
        {report.text === '' ? null : <>{t(`item.manner_${report.manner}`)} · </>}
        {report.accusation ? t('item.accusation') : null}
      </p>
      {report.receiver ? <Words report={report} /> : <p>{t('item.reportWithheld')}</p>}
      {report.manner === 'named' ? <Named no={item.item} /> : null}
      <Draft report={report} />
      <Questions report={report} />
      <Identity report={report} />
    </section>
  );
}

// His name is told on demand alone: each time is recorded, and he sees it.
function Named({ no }: { no: string }) {
  const { t } = useSpeech();
  const told = useMutation({ mutationFn: () => readReporter(no) });
  if (told.data)
    return (
      <p>
        {told.data.reporter
          ? t('item.reporterNamed', { who: told.data.reporter })
          : t('item.reporterDestroyed')}
      </p>
    );
  return (
    <div>
      <Button loading={told.isPending} onClick={() => told.mutate()}>
        {t('item.reporterShow')}
      </Button>
      <p className="quiet">{t('item.reporterShowNote')}</p>
      {told.error ? <ErrorNotice error={told.error} /> : null}
    </div>
  );
}

function Words({ report }: { report: Report }) {
  const { t } = useSpeech();
  return (
    <>
      {report.text === '' ? null : (
        <blockquote className="prose">{report.text ?? t('form.destroyed')}</blockquote>
      )}
      {report.accused.length > 0 ? (
        <p>
          {t('item.accused')}
          {t('item.colon')}
          {report.accused.map((unit: Unit, index) => (
            <span key={unit.code}>
              {index > 0 ? t('item.listComma') : null}
              <UnitLink unit={unit} />
            </span>
          ))}
        </p>
      ) : null}
    </>
  );
}

function Draft({ report }: { report: Report }) {
  const { t } = useSpeech();
  if (!report.draft) return null;
  return (
    <>
      <h3>{t(report.draft.approved ? 'item.abstractApproved' : 'item.abstractDraft')}</h3>
      <p>
        <b>{report.draft.title ?? t('form.destroyed')}</b>
      </p>
      <p className="prose">{report.draft.text ?? t('form.destroyed')}</p>
    </>
  );
}

function Questions({ report }: { report: Report }) {
  const { t, language } = useSpeech();
  if (report.questions.length === 0) return null;
  return (
    <>
      <h3>{t('item.questions')}</h3>
      <ol className="measures">
        {report.questions.map((question, index) => (
          <li key={index}>
            <div className="prose">{question.text ?? t('form.destroyed')}</div>
            <div className="quiet">{longInstant(question.at, language)}</div>
            {question.answered ? (
              <blockquote className="prose">{question.answer ?? t('form.destroyed')}</blockquote>
            ) : (
              <div className="quiet">{t('item.notAnswered')}</div>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function Identity({ report }: { report: Report }) {
  const { t, language } = useSpeech();
  if (report.envelopes === 0) return null;
  return (
    <>
      <h3>{t('item.identity')}</h3>
      <p className="quiet">{t('item.identitySealed')}</p>
      <ol className="measures">
        {report.openings.map((opening, index) => (
          <li key={index}>
            <By who={opening.by} /> {t('item.openingAsked')}{' '}
            <span className="quiet">{longInstant(opening.asked, language)}</span>
            <blockquote className="prose">{opening.reason ?? t('form.destroyed')}</blockquote>
            {opening.agreed ? (
              <div>
                <By who={opening.agreed} /> {t('item.openingAgreed')}
              </div>
            ) : (
              <div className="soon">{t('item.openingWaits')}</div>
            )}
            {opening.handed_out.map((taken) => (
              <div key={taken.at}>
                <By who={taken.by} /> {t('item.envelopeTaken')}{' '}
                <span className="quiet">{longInstant(taken.at, language)}</span>
              </div>
            ))}
          </li>
        ))}
      </ol>
    </>
  );
}

function By({ who }: { who: Acting }) {
  const { t } = useSpeech();
  if (!who) return <>{t('term.system')}</>;
  return (
    <>
      <UnitLink unit={who.unit} /> {t(`term.role_${who.role}`)}
    </>
  );
}
